package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TestCertificatesTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @AfterAll
    static void removeCertificates() {
        CERTIFICATES.close();
    }

    @Test
    void theJdksTlsAcceptsTheGoodCertificateForBothNames() throws Exception {
        handshake(CERTIFICATES.server(), "localhost");
        handshake(CERTIFICATES.server(), "127.0.0.1");
    }

    @Test
    void theJdksTlsRefusesEachOfTheOthers() {
        for (ServerCertificate bad :
                new ServerCertificate[] {CERTIFICATES.untrusted(), CERTIFICATES.wrongHost(), CERTIFICATES.expired()}) {
            assertThatThrownBy(() -> handshake(bad, "localhost"))
                    .as(bad.toString())
                    .isInstanceOf(SSLException.class);
        }
    }

    private static void handshake(ServerCertificate certificate, String host) throws Exception {
        SSLContext serverSide = context(CERTIFICATES.keyStore(certificate));
        try (SSLServerSocket listening = (SSLServerSocket)
                serverSide.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                try (SSLSocket served = (SSLSocket) listening.accept()) {
                    served.startHandshake();
                } catch (IOException e) {
                    // The client's view is what the test is about.
                }
            });
            try (SSLSocket client = (SSLSocket) context(CERTIFICATES.trustStore())
                    .getSocketFactory()
                    .createSocket(host, listening.getLocalPort())) {
                SSLParameters parameters = client.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                client.setSSLParameters(parameters);
                client.startHandshake();
                assertThat(client.getSession().isValid()).isTrue();
            } finally {
                serving.join();
            }
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore content = KeyStore.getInstance("PKCS12");
        char[] password = TestCertificates.STORE_PASSWORD.toCharArray();
        try (InputStream input = Files.newInputStream(store)) {
            content.load(input, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(content, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(content);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
