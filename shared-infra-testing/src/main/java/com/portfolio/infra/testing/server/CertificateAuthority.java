package com.portfolio.infra.testing.server;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;

/** Signs certificates for tests, with keys on the curve P-256. The JDK can read X.509 certificates but not make them. */
final class CertificateAuthority {

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final byte[] SERVER_AUTHENTICATION = Der.identifier("1.3.6.1.5.5.7.3.1");
    private static final byte[] VERSION_3 = Der.contextOf(0, Der.integer(BigInteger.TWO));
    private static final byte DIGITAL_SIGNATURE = (byte) 0x80;
    private static final byte SIGN_CERTIFICATES = 0x04;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** A key with the certificate for it. */
    record Identity(KeyPair keys, X509Certificate certificate) {}

    private final String name;
    private final Identity identity;

    CertificateAuthority(String name, Instant from, Instant until) throws GeneralSecurityException {
        this.name = name;
        KeyPair keys = newKeys();
        List<byte[]> extensions = List.of(
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true))),
                extension(KEY_USAGE, true, Der.bits(2, new byte[] {SIGN_CERTIFICATES})));
        this.identity = new Identity(keys, sign(keys, name, keys.getPublic(), from, until, extensions));
    }

    X509Certificate certificate() {
        return identity.certificate();
    }

    /** A key and a certificate for a server of these names, which are host names or IPv4 addresses. */
    Identity issue(List<String> hosts, Instant from, Instant until) throws GeneralSecurityException {
        KeyPair keys = newKeys();
        byte[][] names = hosts.stream().map(CertificateAuthority::generalName).toArray(byte[][]::new);
        List<byte[]> extensions = List.of(
                extension(KEY_USAGE, true, Der.bits(7, new byte[] {DIGITAL_SIGNATURE})),
                extension(EXTENDED_KEY_USAGE, false, Der.sequence(SERVER_AUTHENTICATION)),
                extension(ALTERNATIVE_NAMES, false, Der.sequence(names)));
        return new Identity(keys, sign(identity.keys(), hosts.get(0), keys.getPublic(), from, until, extensions));
    }

    private X509Certificate sign(
            KeyPair signer, String subject, PublicKey key, Instant from, Instant until, List<byte[]> extensions)
            throws GeneralSecurityException {
        byte[] content = Der.sequence(
                VERSION_3,
                Der.integer(new BigInteger(64, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                distinguishedName(name),
                Der.sequence(Der.time(from), Der.time(until)),
                distinguishedName(subject),
                key.getEncoded(),
                Der.contextOf(3, Der.sequence(extensions.toArray(byte[][]::new))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(content);
        byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] distinguishedName(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] extension(String identifier, boolean critical, byte[] value) {
        byte[] id = Der.identifier(identifier);
        return critical ? Der.sequence(id, Der.bool(true), Der.octets(value)) : Der.sequence(id, Der.octets(value));
    }

    private static byte[] generalName(String host) {
        if (!host.matches("[0-9.]+")) {
            return Der.context(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return Der.context(IP_ADDRESS, InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is no IPv4 address.", e);
        }
    }
}
