package com.portfolio.infra.testing.server;

import com.portfolio.infra.testing.server.CertificateAuthority.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Certificates for servers on this machine, good ones and such that a client has to refuse, as files in a
 * temporary directory that {@link #close()} removes. Thread-safe once made.
 *
 * <p>Keys can be read by this user alone. PKCS#12 stores have the password {@value #STORE_PASSWORD}.
 */
public final class TestCertificates implements AutoCloseable {

    /** The password of every PKCS#12 store. */
    public static final String STORE_PASSWORD = "changeit";

    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1");
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path directory;
    private final ServerCertificate valid;
    private final ServerCertificate untrusted;
    private final ServerCertificate wrongHost;
    private final ServerCertificate expired;

    private TestCertificates(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        Instant now = Instant.now();
        Instant before = now.minus(YEAR);
        Instant after = now.plus(YEAR);
        CertificateAuthority trusted = new CertificateAuthority("Authority for tests", before, after);
        CertificateAuthority other = new CertificateAuthority("Another authority for tests", before, after);
        Path authority = writeAuthority("authority", trusted);
        Path otherAuthority = writeAuthority("other-authority", other);
        this.valid = write("server", trusted, trusted.issue(LOCAL, before, after), authority);
        this.untrusted = write("untrusted", other, other.issue(LOCAL, before, after), otherAuthority);
        this.wrongHost =
                write("wrong-host", trusted, trusted.issue(List.of("elsewhere.example"), before, after), authority);
        this.expired =
                write("expired", trusted, trusted.issue(LOCAL, before, now.minus(Duration.ofDays(1))), authority);
    }

    /** Makes new authorities and certificates. */
    public static TestCertificates create() {
        try {
            return new TestCertificates(Files.createTempDirectory("shared-infra-certificates"));
        } catch (IOException | GeneralSecurityException e) {
            throw new EmbeddedServerException("The certificates for tests could not be made: " + e, e);
        }
    }

    /** For {@code localhost} and 127.0.0.1, signed by the {@linkplain #authority() authority}. */
    public ServerCertificate server() {
        return valid;
    }

    /** Like {@link #server()}, but signed by another authority, which is the one that it names. */
    public ServerCertificate untrusted() {
        return untrusted;
    }

    /** Signed by the authority, but for the host {@code elsewhere.example}. */
    public ServerCertificate wrongHost() {
        return wrongHost;
    }

    /** Like {@link #server()}, but it ended yesterday. */
    public ServerCertificate expired() {
        return expired;
    }

    /** The certificate of the authority that clients are to trust, as PEM. */
    public Path authority() {
        return valid.authority();
    }

    /** A PKCS#12 store in which the authority is trusted. */
    public Path trustStore() {
        return directory.resolve("authority.p12");
    }

    /** A PKCS#12 store with one of these certificates and its key. */
    public Path keyStore(ServerCertificate certificate) {
        String name = String.valueOf(certificate.certificate().getFileName());
        return directory.resolve(name.replace(".crt", ".p12"));
    }

    private Path writeAuthority(String name, CertificateAuthority authority)
            throws IOException, GeneralSecurityException {
        KeyStore store = newStore();
        store.setCertificateEntry(name, authority.certificate());
        save(store, name);
        return writePem(name + ".crt", authority.certificate());
    }

    private ServerCertificate write(String name, CertificateAuthority signer, Identity identity, Path authority)
            throws IOException, GeneralSecurityException {
        KeyStore store = newStore();
        Certificate[] chain = {identity.certificate(), signer.certificate()};
        store.setKeyEntry(name, identity.keys().getPrivate(), STORE_PASSWORD.toCharArray(), chain);
        save(store, name);
        Path key = newPrivateFile(name + ".key");
        Files.writeString(key, pem("PRIVATE KEY", identity.keys().getPrivate().getEncoded()));
        return new ServerCertificate(writePem(name + ".crt", identity.certificate()), key, authority);
    }

    private static KeyStore newStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void save(KeyStore store, String name) throws IOException, GeneralSecurityException {
        try (OutputStream output = Files.newOutputStream(newPrivateFile(name + ".p12"))) {
            store.store(output, STORE_PASSWORD.toCharArray());
        }
    }

    private Path writePem(String name, X509Certificate certificate) throws IOException, GeneralSecurityException {
        return Files.writeString(directory.resolve(name), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private Path newPrivateFile(String name) throws IOException {
        return Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    /** Removes the files; what a server has copied stays. */
    @Override
    public void close() {
        Directories.remove(directory);
    }
}
