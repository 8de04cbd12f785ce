package com.portfolio.infra.examples.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes the sample that comes with the quickstart; the same lines each time.
 *
 * <p>Most users have one sender, so that their commands are done in order. A few busy ones are changed by
 * three senders at the same moment. Whatever one sender needs of another stands more than
 * {@link CommandRunner#WINDOW} lines before it, so that what is accepted and what is rejected does not
 * depend on who was faster, and neither does what a busy user ends with: the last change stands alone.
 */
final class SampleGenerator {

    static final int COMMANDS = 12_000;
    static final int BUSY_USERS = 12;

    private static final int SEED = 20_261_122;
    private static final int CALM_LINES = CommandRunner.WINDOW + 100;
    private static final List<String> SENDERS = List.of("web", "app", "desk");
    private static final List<String> NAMES = List.of(
            "ada",
            "alan",
            "barbara",
            "charles",
            "donald",
            "edsger",
            "frances",
            "grace",
            "hedy",
            "ivan",
            "jean",
            "john",
            "katherine",
            "ken",
            "leslie",
            "margaret",
            "niklaus",
            "radia",
            "robin",
            "tony");
    private static final List<String> DOMAINS = List.of("example.org", "example.com", "example.net");
    private static final List<String> NO_ADDRESSES = List.of("", "ada", "ada@", "@example.org", "ada example.org");

    private final Random random = new Random(SEED);
    private final List<String> lines = new ArrayList<>();
    private final List<User> active = new ArrayList<>();
    private final List<User> gone = new ArrayList<>();
    private final List<User> settled = new ArrayList<>();
    private int users;

    private static final class User {

        private final String id;
        private final String name;
        private final String sender;
        private String email;
        private int changes;

        User(String id, String name, String sender, String email) {
            this.id = id;
            this.name = name;
            this.sender = sender;
            this.email = email;
        }
    }

    static List<String> lines() {
        return new SampleGenerator().generate();
    }

    private List<String> generate() {
        for (int i = 0; i < BUSY_USERS; i++) {
            command("register", "busy-" + i, "web", "busy-" + i + "@example.org");
        }
        while (lines.size() < CALM_LINES) {
            calm();
        }
        while (lines.size() < COMMANDS - CALM_LINES - BUSY_USERS) {
            if (random.nextInt(12) == 0) {
                rush("busy-" + random.nextInt(BUSY_USERS));
            } else {
                calm();
            }
        }
        while (lines.size() < COMMANDS - BUSY_USERS) {
            calm();
        }
        for (int i = 0; i < BUSY_USERS; i++) {
            command("change-email", "busy-" + i, "web", "busy-" + i + "@example.com");
        }
        return lines;
    }

    /** Three senders change one user at the same moment. */
    private void rush(String user) {
        for (String sender : SENDERS) {
            command("change-email", user, sender, user + "+" + sender + lines.size() + "@example.org");
        }
    }

    /** A command for a user with one sender. */
    private void calm() {
        int choice = random.nextInt(100);
        if (choice < 28 || active.size() < 50) {
            register();
        } else if (choice < 86) {
            User user = any(active);
            user.changes++;
            user.email = user.name + "." + user.changes + "@" + any(DOMAINS);
            command("change-email", user.id, user.sender, user.email);
        } else if (choice < 91) {
            User user = active.remove(random.nextInt(active.size()));
            gone.add(user);
            command("deactivate", user.id, user.sender, "");
        } else {
            invalid();
        }
    }

    private void register() {
        users++;
        String name = any(NAMES) + users;
        User user = new User("user-" + users, name, any(SENDERS), name + "@" + any(DOMAINS));
        active.add(user);
        command("register", user.id, user.sender, user.email);
    }

    /** A command that can't be carried out, now or later. */
    private void invalid() {
        switch (random.nextInt(6)) {
            case 0 -> command("change-email", "nobody-" + lines.size(), "web", "nobody@example.org");
            case 1 -> command("register", "nameless-" + lines.size(), "web", any(NO_ADDRESSES));
            case 2 -> {
                User user = any(active);
                command("register", user.id, user.sender, user.email);
            }
            case 3 -> {
                User user = any(active);
                command("change-email", user.id, user.sender, any(NO_ADDRESSES));
            }
            case 4 -> {
                if (gone.isEmpty()) {
                    register();
                } else {
                    User user = any(gone);
                    command("deactivate", user.id, user.sender, "");
                }
            }
            default -> {
                // Nobody changes such a user again, or running the file twice would have another answer.
                User user = settled.isEmpty() || random.nextBoolean()
                        ? active.remove(random.nextInt(active.size()))
                        : settled.remove(random.nextInt(settled.size()));
                settled.add(user);
                command("change-email", user.id, user.sender, user.email);
            }
        }
    }

    private void command(String command, String user, String sender, String email) {
        String id = "c-" + (lines.size() + 1);
        lines.add("{\"id\":\"" + id + "\",\"command\":\"" + command + "\",\"user\":\"" + user + "\""
                + (command.equals("deactivate") ? "" : ",\"email\":\"" + email + "\"") + ",\"from\":\"" + sender
                + "\"}");
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Writes the file anew: run it in the module's folder after a change. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of("src/main/resources/com/portfolio/infra/examples/accounts");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(CommandSource.SAMPLE), String.join("\n", lines()) + "\n");
    }
}
