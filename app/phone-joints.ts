import { createCarrierClient } from '../ivr/carrier/carrier-client.ts';
import type { IvrJoints } from '../ivr/register-ivr.ts';
import type { Config } from '../platform/config.ts';
import { acknowledgeReply, repliesToHear } from '../transcription/reports/replies.ts';

/**
 * What the phone needs of others: the replies that a rep is to hear, and the carrier's REST API.
 * @param answerTimeoutMs how long the carrier may take to begin an answer
 */
export function createPhoneJoints({ carrier }: Pick<Config, 'carrier'>, answerTimeoutMs?: number): IvrJoints {
  return {
    replies: {
      async repliesToHear(client, userId) {
        const replies = await repliesToHear(client, userId);
        return replies.map(({ replyId, authorName, accountName, text }) => ({
          replyId,
          author: authorName,
          about: accountName,
          text,
        }));
      },
      acknowledgeReply,
    },
    carrier: createCarrierClient({ ...carrier, answerTimeoutMs }),
  };
}
