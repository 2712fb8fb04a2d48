package org.incipit.server.acoustid;

/** A request that is answered with an error of AcoustID's table. Has no stack trace. */
final class ApiError extends Exception {
  private static final long serialVersionUID = 1;

  /** Seconds after which to come again if nobody knows better. */
  private static final long SOON = 1;

  private final int code;
  private final int status;
  private final long retryAfter;

  private ApiError(int code, int status, String message) {
    this(code, status, 0, message);
  }

  private ApiError(int code, int status, long retryAfter, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  static ApiError unknownFormat(String format) {
    return new ApiError(1, 400, "unknown format \"" + format + "\"");
  }

  static ApiError missing(String parameter) {
    return new ApiError(2, 400, "missing required parameter \"" + parameter + "\"");
  }

  static ApiError invalidFingerprint() {
    return new ApiError(3, 400, "invalid fingerprint");
  }

  static ApiError invalidKey() {
    return new ApiError(4, 400, "invalid API key");
  }

  static ApiError internal() {
    return new ApiError(5, 500, "internal error");
  }

  static ApiError invalidUserKey() {
    return new ApiError(6, 400, "invalid user API key (\"User with the API key does not exist\")");
  }

  static ApiError invalidUuid(String parameter) {
    return new ApiError(7, 400, "parameter \"" + parameter + "\" is not a valid UUID");
  }

  static ApiError invalidDuration(String parameter) {
    return new ApiError(8, 400, notPositive(parameter));
  }

  static ApiError invalidBitrate(String parameter) {
    return new ApiError(9, 400, notPositive(parameter));
  }

  private static String notPositive(String parameter) {
    return "parameter \"" + parameter + "\" must be a positive integer";
  }

  static ApiError invalidForeignId(String parameter) {
    return new ApiError(
        10,
        400,
        "parameter \""
            + parameter
            + "\" is not a valid foreign ID, it must be in the format vendor:id");
  }

  static ApiError outOfRange(String parameter, int least, int most) {
    return new ApiError(
        11, 400, "parameter \"%s\" must be between %d and %d".formatted(parameter, least, most));
  }

  static ApiError notAllowed() {
    return new ApiError(12, 400, "not allowed");
  }

  static ApiError unavailable() {
    return new ApiError(13, 503, SOON, "service currently unavailable, try again later");
  }

  static ApiError tooSlow() {
    return new ApiError(13, 408, "service currently unavailable, try again later");
  }

  static ApiError tooMany(int perSecond, long retryAfter) {
    return new ApiError(
        14,
        429,
        retryAfter,
        "rate limit (%d.000000 requests per second) exceeded, try again later"
            .formatted(perSecond));
  }

  static ApiError noSuchFingerprint() {
    return new ApiError(18, 404, "fingerprint not found");
  }

  static ApiError tooLarge() {
    return new ApiError(19, 413, "request too large");
  }

  int code() {
    return code;
  }

  int status() {
    return status;
  }

  /** Seconds after which to come again; 0 if that would not help. */
  long retryAfter() {
    return retryAfter;
  }

  Fields answer() {
    Fields error = new Fields().put("code", code).put("message", String.valueOf(getMessage()));
    return new Fields().put("status", "error").put("error", error);
  }
}
