package org.incipit.server.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate and its key, from files in PEM. Connections keep what they began with; those that
 * come after {@link #reload} get what the files hold then.
 */
public final class TlsFiles {
  /** Algorithms of keys, each with that of a signature that proves it. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final Path certificates;
  private final Path key;
  private volatile SslContext context;

  /**
   * Reads the files.
   *
   * @param certificates X.509, the server's own first, then those that lead to the root
   * @param key PKCS #8, not encrypted
   * @throws IOException naming the file and what is wrong with it
   */
  public TlsFiles(Path certificates, Path key) throws IOException {
    this.certificates = certificates;
    this.key = key;
    context = read();
  }

  /**
   * Reads the files again.
   *
   * @throws IOException as the constructor, also if only one of the two has been replaced; then
   *     what was read before stays
   */
  public void reload() throws IOException {
    context = read();
  }

  /** For a new connection. */
  SslContext context() {
    return context;
  }

  private SslContext read() throws IOException {
    X509Certificate[] chain = readCertificates();
    PrivateKey secret = readKey();
    try {
      if (!belongTogether(chain[0], secret)) {
        throw new IOException("the key in " + key + " is not that of " + certificates);
      }
      return SslContextBuilder.forServer(secret, chain).sslProvider(SslProvider.JDK).build();
    } catch (GeneralSecurityException e) {
      throw new IOException("the key in " + key + " is not that of " + certificates, e);
    }
  }

  private X509Certificate[] readCertificates() throws IOException {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificates)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IOException("no certificate in " + certificates);
      }
      return chain.toArray(X509Certificate[]::new);
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificates in PEM in " + certificates, e);
    }
  }

  private PrivateKey readKey() throws IOException {
    String pem = new String(Files.readAllBytes(key), StandardCharsets.ISO_8859_1);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          "no key in PKCS #8 in " + key + " (\"openssl pkcs8 -topk8 -nodes\" makes one of others)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return decodeKey(new PKCS8EncodedKeySpec(der));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException("the key in " + key + " is damaged or of an unknown kind", e);
    }
  }

  private static PrivateKey decodeKey(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    InvalidKeySpecException none = new InvalidKeySpecException("neither RSA nor EC nor EdDSA");
    for (String algorithm : SIGNATURES.keySet()) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey secret)
      throws GeneralSecurityException {
    String algorithm = SIGNATURES.get(secret.getAlgorithm());
    if (algorithm == null) {
      throw new InvalidKeySpecException(secret.getAlgorithm());
    }
    byte[] text = certificate.getEncoded();
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(secret);
    signer.update(text);
    byte[] signature = signer.sign();
    signer.initVerify(certificate.getPublicKey());
    signer.update(text);
    return signer.verify(signature);
  }
}
