package com.portfolio.infra.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The program of a {@link KafkaServer}, in a JVM of its own: one node that is broker and controller. Makes its directory
 * ready if that is new, and writes a file when it is up.
 *
 * <p>By classes that Kafka keeps to itself, which is why the version of the server is fixed.
 */
final class KafkaProgram {

    static final String PROPERTIES = "server.properties";
    static final String UP = "up";
    static final String DATA = "data";

    private KafkaProgram() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments the home directory and the id of the cluster
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Properties properties = new Properties();
        try (InputStream input = Files.newInputStream(home.resolve(PROPERTIES))) {
            properties.load(input);
        }
        format(home.resolve(DATA).toString(), arguments[1]);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        Files.writeString(
                home.resolve(UP), Long.toString(ProcessHandle.current().pid()));
        server.awaitShutdown();
    }

    private static void format(String directory, String clusterId) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(clusterId)
                .setDirectories(List.of(directory))
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(KafkaListener.CONTROLLER.name())
                .setIgnoreFormatted(true)
                .run();
    }
}
