import { z } from 'zod';
import { InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  CLOSE_TEXT_LANGUAGES,
  type CloseCode,
  type CloseTextLanguage,
  closeCodes,
  closeTextFor,
  DEFAULT_CLOSE_TEXTS,
} from './close-codes.ts';

export const closeTextInput = z.object({
  code: z.enum(closeCodes),
  language: z.enum(CLOSE_TEXT_LANGUAGES),
  /** Empty: nothing is said; null: as installed. */
  text: z.string().trim().max(600, 'That is too long to listen to.').nullable(),
});

export interface EditableCloseText {
  code: CloseCode;
  language: CloseTextLanguage;
  text: string;
  /** As installed. */
  usual: string;
  isOwn: boolean;
}

/** Every code's text in every language, for the screen. */
export async function listCloseTexts({ database }: Pick<Platform, 'database'>): Promise<EditableCloseText[]> {
  const own = await database.prisma.closeText.findMany();
  return CLOSE_TEXT_LANGUAGES.flatMap((language) =>
    closeCodes.map((code) => ({
      code,
      language,
      text: closeTextFor(code, language, own).text,
      usual: DEFAULT_CLOSE_TEXTS[language][code],
      isOwn: own.some((each) => each.code === code && each.language === language),
    })),
  );
}

/**
 * What callers are told of a code from now on. Done twice it ends the same.
 * @throws InvalidInput braces that hold something else than the reference
 */
export async function setCloseText(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  { code, language, text }: z.infer<typeof closeTextInput>,
  actorId: string,
): Promise<void> {
  if (text !== null && /[{}]/.test(text.replaceAll('{reference}', ''))) {
    throw new InvalidInput(`text of ${code} with unknown braces`, {
      userMessage: 'Only {reference} can stand in braces: the number of the dictation is spoken there.',
    });
  }
  await database.prisma.$transaction(async (tx) => {
    if (text === null) await tx.closeText.deleteMany({ where: { code, language } });
    else {
      await tx.closeText.upsert({
        where: { code_language: { code, language } },
        create: { code, language, text },
        update: { text },
      });
    }
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'close_text.changed',
        subjectType: 'company',
        subjectId: 'company',
        detail: { code, language, usual: text === null },
      },
    });
  });
}
