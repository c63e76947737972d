import type { Dispute } from '../../transcription/coding/double/read-disputes.ts';
import type { CodeLabels } from '../codebook/code-labels.ts';

const labelled = (codes: readonly string[], labels: CodeLabels) =>
  codes.map((key) => ({ key, label: labels(key) }));

/** A disputed unit as the page shows it. Who coded is the supervisor's business; others read "first" and "second". */
export function showDispute(dispute: Dispute, labels: CodeLabels, withNames: boolean) {
  const side = (name: string, { name: person, codes }: Dispute['first']) => ({
    who: withNames && person ? `${person} (${name.toLowerCase()})` : name,
    codes: labelled(codes, labels),
    given: codes.join(' '),
  });
  const { settled } = dispute;
  return {
    codingId: dispute.codingId,
    reportId: dispute.reportId,
    reference: dispute.reference,
    start: dispute.start,
    text: dispute.text,
    number: dispute.number,
    hasAudio: dispute.hasAudio,
    at: dispute.finishedAt,
    first: side('First coder', dispute.first),
    second: side('Second coder', dispute.second),
    settled: settled && {
      ...settled,
      by: withNames ? settled.by : null,
      codes: labelled(settled.codes, labels),
    },
  };
}
