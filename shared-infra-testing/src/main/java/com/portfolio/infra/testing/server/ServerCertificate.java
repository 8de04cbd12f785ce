package com.portfolio.infra.testing.server;

import java.nio.file.Path;

/**
 * What a server proves its name with, as PEM files.
 *
 * @param certificate the server's certificate
 * @param privateKey  its private key, unencrypted (PKCS#8)
 * @param authority   the certificate of the authority that signed it, which clients have to trust
 */
public record ServerCertificate(Path certificate, Path privateKey, Path authority) {}
