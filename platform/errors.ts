/**
 * The errors that services throw by name. One place each turns them into an HTTP answer, TwiML or a job's
 * retry; pure code returns values and throws none of these.
 *
 * `message` is for the log: identifiers, never speech, digits or phone numbers. `userMessage` is for the person
 * in front of the screen and says what to do next.
 */
export interface AppErrorDetails {
  /** What the person reads; each class has a plain default. */
  userMessage?: string;
  cause?: unknown;
}

export class AppError extends Error {
  /** Stable word for programs, for example `not_found`. */
  readonly code: string;
  readonly statusCode: number;
  readonly userMessage: string;

  constructor(code: string, statusCode: number, message: string, userMessage: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.statusCode = statusCode;
    this.userMessage = userMessage;
  }
}

export class InvalidInput extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'Something in the form is missing or wrong. Check it and send it again.';
    super('invalid_input', 400, message, userMessage, details.cause);
  }
}

export class Unauthenticated extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    super('unauthenticated', 401, message, details.userMessage ?? 'Sign in first.', details.cause);
  }
}

export class Forbidden extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'Your role does not allow this. Ask an administrator if you need it.';
    super('forbidden', 403, message, userMessage, details.cause);
  }
}

export class NotFound extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'There is nothing here. It may have been removed; go back and look again.';
    super('not_found', 404, message, userMessage, details.cause);
  }
}

/** The state has moved on: done already, or done by somebody else in the meantime. */
export class Conflict extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'Somebody else changed this in the meantime. Load it again, then repeat.';
    super('conflict', 409, message, userMessage, details.cause);
  }
}

/** The lease on a job ran out or went to somebody else; nothing was written. */
export class LeaseLost extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'This job is no longer yours. Your draft is kept; claim the job again to go on.';
    super('lease_lost', 409, message, userMessage, details.cause);
  }
}

export class TooManyRequests extends AppError {
  /** Seconds until another attempt makes sense; becomes the Retry-After header. */
  readonly retryAfterSeconds: number;

  constructor(message: string, details: AppErrorDetails & { retryAfterSeconds?: number } = {}) {
    const userMessage = details.userMessage ?? 'Too many attempts. Wait a little, then try again.';
    super('too_many_requests', 429, message, userMessage, details.cause);
    this.retryAfterSeconds = details.retryAfterSeconds ?? 60;
  }
}

/** Something that we depend on (carrier, CRM, storage) doesn't answer; a retry may help. */
export class Unavailable extends AppError {
  constructor(message: string, details: AppErrorDetails = {}) {
    const userMessage =
      details.userMessage ?? 'Something that this needs is not reachable right now. Try again in a minute.';
    super('unavailable', 503, message, userMessage, details.cause);
  }
}

/** Work was to begin on a queue that is closed or closing: the process is being stopped while it starts. */
export class QueueClosed extends Error {
  constructor() {
    super('The queue is closed; nothing more is worked on by this process.');
    this.name = new.target.name;
  }
}

/**
 * Dictaline can't start or go on as it is set up. The message is one sentence that says what is wrong and what
 * to do; the entry prints it alone, without a stack trace, and exits with a status other than 0.
 */
export class StartupError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A missing or malformed setting; the message names the variable. */
export class ConfigurationError extends StartupError {}
