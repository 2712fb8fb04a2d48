package org.incipit.server.http.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.Request;
import org.incipit.server.http.Upload;

/**
 * Decodes {@code multipart/form-data} (RFC 7578) in memory.
 *
 * @param maxFields fields without a file name; above: 413
 * @param maxFiles fields with one; above: 413
 * @param maxBytes of all fields and files together; above: 413
 */
record MultipartForm(int maxFields, int maxFiles, long maxBytes) {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "^multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]+)\"|([^;\\s\"]+))",
          Pattern.CASE_INSENSITIVE);

  /**
   * Where the decoder copies to: what it leaves behind of a form that it cannot decode is memory of
   * the heap, and no leak.
   */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

  /** 1000 fields, 100 files, 64 MiB. */
  static final MultipartForm DEFAULT = new MultipartForm(1000, 100, 64 << 20);

  /**
   * Decodes a body.
   *
   * @param contentType with the boundary
   * @throws HttpError 400 if it cannot be decoded, 413 if it is beyond the limits
   */
  Request.Form decode(byte[] body, String contentType) throws HttpError, IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new HttpError(400, "the multipart form's type has no boundary");
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    if (!new String(body, StandardCharsets.ISO_8859_1).contains("--" + text + "--")) {
      throw new HttpError(400, "the multipart form ends too early");
    }
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", HEAP.buffer(body.length).writeBytes(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HttpPostMultipartRequestDecoder decoder = null;
    try {
      decoder =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(false),
              request,
              StandardCharsets.UTF_8,
              maxFields + maxFiles,
              Math.max(body.length, 1));
      return collect(decoder);
    } catch (TooManyFormFieldsException e) {
      throw tooLong(maxFields + maxFiles + " fields and files");
    } catch (ErrorDataDecoderException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The latter two where a part's head is damaged.
      throw new HttpError(400, "the multipart form cannot be decoded");
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
      request.release();
    }
  }

  private Request.Form collect(HttpPostMultipartRequestDecoder decoder)
      throws HttpError, IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    List<Upload> files = new ArrayList<>();
    int count = 0;
    long bytes = 0;
    while (hasNext(decoder)) {
      InterfaceHttpData data = decoder.next();
      if (data instanceof FileUpload file) {
        bytes += file.length();
        files.add(
            new Upload(file.getName(), file.getFilename(), file.getContentType(), file.get()));
      } else if (data instanceof Attribute field) {
        bytes += field.length();
        count++;
        fields.computeIfAbsent(field.getName(), _ -> new ArrayList<>()).add(field.getValue());
      }
      if (count > maxFields) {
        throw tooLong(maxFields + " fields");
      } else if (files.size() > maxFiles) {
        throw tooLong(maxFiles + " files");
      } else if (bytes > maxBytes) {
        throw tooLong(maxBytes + " bytes");
      }
    }
    return new Request.Form(new Parameters(fields), List.copyOf(files));
  }

  /** Whether there is more; the decoder throws where the form ends. */
  private static boolean hasNext(HttpPostMultipartRequestDecoder decoder) {
    try {
      return decoder.hasNext();
    } catch (EndOfDataDecoderException ended) {
      return false;
    }
  }

  private static HttpError tooLong(String limit) {
    return new HttpError(413, "the multipart form has more than " + limit);
  }
}
