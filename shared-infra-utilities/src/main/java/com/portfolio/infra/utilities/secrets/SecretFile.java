package com.portfolio.infra.utilities.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file whose content is a secret. */
final class SecretFile {

    // The most that Kubernetes mounts.
    private static final int LONGEST = 1 << 20;

    private SecretFile() {}

    /** Empty if there is no such file, or nothing in it. */
    static Optional<Secret> read(Path file) throws UnreadableException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            throw new UnreadableException("it is not a file");
        }
        // Opened once, so that all of it is of one version, whatever a symbolic link points to meanwhile.
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST + 1);
            if (content.length > LONGEST) {
                throw new UnreadableException("the file is longer than 1 MiB");
            }
            String text = withoutLineEnds(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
            return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new UnreadableException("access to the file is denied");
        } catch (CharacterCodingException e) {
            throw new UnreadableException("the file is not UTF-8 text");
        } catch (IOException e) {
            throw new UnreadableException("of a " + e.getClass().getName());
        }
    }

    private static String withoutLineEnds(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }
}
