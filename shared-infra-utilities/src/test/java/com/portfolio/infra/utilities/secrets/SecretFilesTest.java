package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of files, files, and files that the environment names. */
class SecretFilesTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private Path root;

    private PolledSecrets directory(Path path) {
        return (PolledSecrets) SecretManager.directory(path, NEVER);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(root.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pw", "pw\n", "pw\r\n", "pw\n\n"})
    void lineEndsAfterTheSecretDoNotCount(String content) throws Exception {
        write("db", content);
        try (SecretManager secrets = directory(root)) {
            assertThat(secrets.get("db").reveal()).isEqualTo("pw");
        }
    }

    @Test
    void spacesAndInnerLineEndsBelongToTheSecret() throws Exception {
        write("key", " -----BEGIN\nx\n-----END \n");
        try (SecretManager secrets = directory(root)) {
            assertThat(secrets.get("key").reveal()).isEqualTo(" -----BEGIN\nx\n-----END ");
        }
    }

    @Test
    void whatIsNotThereIsNamedWithThePlace() throws Exception {
        write("empty", "\n");
        try (SecretManager secrets = directory(root)) {
            assertThat(secrets.find("absent")).isEmpty();
            assertThat(secrets.find("empty")).isEmpty();
            assertThatThrownBy(() -> secrets.get("absent"))
                    .isInstanceOfSatisfying(SecretNotFoundException.class, e -> {
                        assertThat(e.name()).isEqualTo("absent");
                        assertThat(e.isRetryable()).isFalse();
                    })
                    .hasMessage("Secret 'absent' was not found in the directory " + root + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "sub/inside", "..data", "", ".", "..", "/etc/hostname", "a\0b"})
    void aNameNeverLeadsOutOfTheDirectory(String name) throws Exception {
        Files.createDirectories(root.resolve("secrets/sub"));
        write("outside", "x");
        write("secrets/sub/inside", "x");
        write("secrets/..data", "x");
        try (SecretManager secrets = directory(root.resolve("secrets"))) {
            assertThat(secrets.find(name)).isEmpty();
        }
    }

    @Test
    void whatCannotBeASecretIsAnErrorThatDoesNotShowIt() throws Exception {
        Files.createDirectory(root.resolve("folder"));
        Files.write(root.resolve("binary"), new byte[] {'p', 'w', (byte) 0xff, (byte) 0xfe});
        Files.write(root.resolve("huge"), new byte[(1 << 20) + 1]);
        try (SecretManager secrets = directory(root)) {
            String from = " could not be read from the directory " + root + ", because ";
            assertThatThrownBy(() -> secrets.get("folder"))
                    .hasMessage("Secret 'folder'" + from + "it is not a file.")
                    .isInstanceOfSatisfying(
                            SecretUnavailableException.class,
                            e -> assertThat(e.isRetryable()).isTrue());
            assertThatThrownBy(() -> secrets.get("binary"))
                    .hasMessage("Secret 'binary'" + from + "the file is not UTF-8 text.");
            assertThatThrownBy(() -> secrets.get("huge"))
                    .hasMessage("Secret 'huge'" + from + "the file is longer than 1 MiB.");
        }
    }

    /** As the kubelet does it: files are links to a link to a directory, and that one is swapped in one step. */
    @Test
    void aMountWhoseLinkIsSwappedIsARotation() throws Exception {
        mount("first", "old");
        Files.createSymbolicLink(root.resolve("db"), Path.of("..data", "db"));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (PolledSecrets secrets = directory(root);
                CurrentSecret current = secrets.current("db")) {
            current.onChange(secret -> heard.add(secret.reveal()));
            secrets.poll();
            assertThat(heard).isEmpty();

            mount("second", "new");
            assertThat(current.get().reveal()).isEqualTo("old");
            secrets.poll();
            secrets.poll();

            assertThat(current.get().reveal()).isEqualTo("new");
            assertThat(heard).containsExactly("new");
        }
    }

    private void mount(String version, String password) throws IOException {
        Path directory = Files.createDirectory(root.resolve("..2026_" + version));
        Files.writeString(directory.resolve("db"), password);
        Files.createSymbolicLink(root.resolve("..data_tmp"), directory.getFileName());
        Files.move(root.resolve("..data_tmp"), root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aFileThatKeepsItsTimeAndLengthIsStillReadAgain() throws Exception {
        Path file = write("db", "aaa");
        var time = Files.getLastModifiedTime(file);
        try (PolledSecrets secrets = directory(root);
                CurrentSecret current = secrets.current("db")) {
            write("db", "bbb");
            Files.setLastModifiedTime(file, time);
            secrets.poll();

            assertThat(current.get().reveal()).isEqualTo("bbb");
        }
    }

    @Test
    void aFileThatGoesAwayLeavesTheLastValueAndALine() throws Exception {
        Path file = write("db", "hunter2-1");
        try (Lines lines = Lines.listen();
                PolledSecrets secrets = directory(root);
                CurrentSecret current = secrets.current("db")) {
            Files.delete(file);
            secrets.poll();
            secrets.poll();
            assertThat(current.get().reveal()).isEqualTo("hunter2-1");
            assertThat(lines.all())
                    .containsExactly("Secret 'db' keeps its last known value, because it is not there any more.");

            Files.createDirectory(file);
            secrets.poll();
            Files.delete(file);
            write("db", "hunter2-2");
            secrets.poll();
            assertThat(current.get().reveal()).isEqualTo("hunter2-2");
            assertThat(secrets.find("db")).contains(Secret.of("hunter2-2"));
        }
    }

    @Test
    void changesAreFoundWithoutAskingEveryInterval() throws Exception {
        write("db", "old");
        try (SecretManager secrets = SecretManager.directory(root, Duration.ofMillis(5));
                CurrentSecret current = secrets.current("db")) {
            Files.writeString(root.resolve("tmp"), "new");
            Files.move(root.resolve("tmp"), root.resolve("db"), StandardCopyOption.ATOMIC_MOVE);

            await().until(() -> current.get().reveal().equals("new"));
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("secrets-poll")));
    }

    @Test
    void singleFilesHaveNamesOfTheirOwn() throws Exception {
        Path file = write("whatever.txt", "hunter2\n");
        try (SecretManager secrets = SecretManager.files(Map.of("DB", file, "GONE", root.resolve("gone")), NEVER)) {
            assertThat(secrets.get("DB").reveal()).isEqualTo("hunter2");
            assertThat(secrets.find("GONE")).isEmpty();
            assertThat(secrets.find("whatever.txt")).isEmpty();
        }
    }

    @Test
    void theEnvironmentHasASecretUnderItsNameOrTheNameInCapitals() {
        try (SecretManager secrets =
                SecretManager.environment(Map.of("DB_PASSWORD", "hunter2", "exact-name", "b", "E", ""))) {
            assertThat(secrets.get("DB_PASSWORD").reveal()).isEqualTo("hunter2");
            assertThat(secrets.get("db.password").reveal()).isEqualTo("hunter2");
            assertThat(secrets.get("exact-name").reveal()).isEqualTo("b");
            assertThat(secrets.find("E")).isEmpty();
            assertThatThrownBy(() -> secrets.get("x")).hasMessage("Secret 'x' was not found in the environment.");
        }
        try (SecretManager secrets = SecretManager.environment()) {
            assertThat(secrets.find("PATH")).map(Secret::reveal).isEqualTo(Optional.ofNullable(System.getenv("PATH")));
        }
    }

    @Test
    void theEnvironmentNamesFilesThatAreWatched() throws Exception {
        Path file = write("pw", "hunter2-old\n");
        Map<String, String> variables = Map.of("DB_FILE", file.toString(), "GONE_FILE", "/does/not/exist");
        try (PolledSecrets secrets = (PolledSecrets) SecretManager.environment(variables);
                CurrentSecret current = secrets.current("DB")) {
            assertThat(current.get().reveal()).isEqualTo("hunter2-old");
            write("pw", "hunter2-new\n");
            secrets.poll();
            assertThat(current.get().reveal()).isEqualTo("hunter2-new");
            assertThatThrownBy(() -> secrets.find("GONE"))
                    .hasMessageEndingWith("because the file that GONE_FILE names does not exist or is empty.");
        }
    }

    @Test
    void aVariableAndItsFileAtOnceAreAnError() throws Exception {
        Map<String, String> variables = Map.of("DB", "hunter2", "DB_FILE", "/x");
        try (SecretManager secrets = SecretManager.environment(variables)) {
            assertThatThrownBy(() -> secrets.find("DB"))
                    .isInstanceOf(SecretUnavailableException.class)
                    .hasMessageEndingWith("because both DB and DB_FILE are set.");
        }
    }
}
