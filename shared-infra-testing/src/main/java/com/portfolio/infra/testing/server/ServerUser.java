package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a server runs as. PostgreSQL and PgBouncer refuse to run as root, so that a JVM of root has to start
 * them as somebody else; any other JVM starts them as itself.
 *
 * <p>As root the ways are tried in this order: a user namespace of its own ({@code unshare -U}), in which
 * the server does not count as root, while every file stays root's, so that no directory has to be opened
 * to others; then {@code setpriv} and {@code chroot --userspec}, which become the user {@code nobody} and
 * need directories that it can enter. Containers often forbid the first, and minimal images lack the
 * second. Each of them replaces itself by the server, so that the process id stays.
 */
final class ServerUser {

    private static final String NOBODY = "nobody";

    /** Found out once: what the machine permits does not change while we run. */
    private static @Nullable List<ServerUser> available;

    private final List<String> prefix;
    private final @Nullable String owner;

    private ServerUser(List<String> prefix, @Nullable String owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /**
     * The best way that this machine permits.
     *
     * @throws EmbeddedServerException if this JVM is root's and no way works
     */
    static ServerUser current() {
        if (available().isEmpty()) {
            throw new EmbeddedServerException(
                    "This JVM runs as root, which PostgreSQL and PgBouncer refuse, and neither"
                            + " 'unshare -U', 'setpriv --reuid=nobody' nor 'chroot --userspec=nobody' works here. Run the"
                            + " tests as an ordinary user, or install util-linux or coreutils and have the user 'nobody' in"
                            + " /etc/passwd.");
        }
        return available().get(0);
    }

    /** Every way that works here, the best first. */
    static synchronized List<ServerUser> available() {
        if (available == null) {
            available = detect();
        }
        return available;
    }

    private static List<ServerUser> detect() {
        if (!effectiveUserId(List.of()).equals("0")) {
            return List.of(new ServerUser(List.of(), null));
        }
        String group = groupOfNobody();
        List<Supplier<ServerUser>> ways = List.of(
                () -> new ServerUser(List.of("unshare", "-U"), null),
                () -> new ServerUser(
                        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + group, "--clear-groups"), NOBODY),
                () -> new ServerUser(List.of("chroot", "--userspec=" + NOBODY + ":" + group, "/"), NOBODY));
        List<ServerUser> working = new ArrayList<>();
        for (Supplier<ServerUser> way : ways) {
            ServerUser user = way.get();
            if (Command.works(user.command(List.of("id", "-un")))
                    && !effectiveUserId(user.prefix).equals("0")) {
                working.add(user);
            }
        }
        return List.copyOf(working);
    }

    private static String effectiveUserId(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("id", "-u"));
        return Command.run(Path.of("/"), command).output().strip();
    }

    private static String groupOfNobody() {
        Command.Result result = Command.run(Path.of("/"), List.of("id", "-g", NOBODY));
        return result.succeeded() ? result.output().strip() : NOBODY;
    }

    /** {@code command} as that user. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return List.copyOf(all);
    }

    /** Makes {@code root} and all below it the user's own. */
    void own(Path root) {
        if (owner == null) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            UserPrincipal principal =
                    root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(principal);
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("'" + root + "' could not be given to '" + owner + "'.", e);
        }
    }

    @Override
    public String toString() {
        return prefix.isEmpty() ? "this JVM's user" : String.join(" ", prefix);
    }
}
