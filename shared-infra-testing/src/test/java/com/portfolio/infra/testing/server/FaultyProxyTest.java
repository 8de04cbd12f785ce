package com.portfolio.infra.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private EchoServer server;
    private FaultyProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new EchoServer();
        proxy = FaultyProxy.to(server.address());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        return connect(proxy);
    }

    private static Socket connect(FaultyProxy proxy) throws IOException {
        Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        socket.setSoTimeout((int) LONG.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String receive(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }

    @Test
    void whatBothSidesSayAndTheirEndsArriveUnchanged() throws Exception {
        byte[] sent = new byte[5_000_000];
        new Random(1).nextBytes(sent);
        try (Socket socket = connect()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            assertThat(Arrays.equals(socket.getInputStream().readAllBytes(), sent))
                    .isTrue();
            writing.join();
        }
        assertThat(proxy.traffic().bytesToServer()).isEqualTo(sent.length);
        assertThat(proxy.traffic().bytesToClient()).isEqualTo(sent.length);
    }

    @Test
    void aLatencyDelaysEachDirectionByAtLeastThatMuch() throws IOException {
        proxy.latency(Duration.ofMillis(20), Duration.ofMillis(30));
        try (Socket socket = connect()) {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                send(socket, "ping");
                receive(socket, 4);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            }
        }
    }

    @Test
    void aLatencyDoesNotAddUpOverWhatIsSentOneAfterTheOther() throws IOException {
        proxy.latency(Duration.ofMillis(250), Duration.ZERO);
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                send(socket, "x");
            }
            receive(socket, 1_000);
            // One after the other would be up to 250 s, or as many delays as there are pieces.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
        }
    }

    @Test
    void everyQuestionWithItsAnswerIsOneRoundTrip() throws IOException {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            send(socket, "connected");
            receive(socket, 9);
            Traffic before = proxy.traffic();
            for (int i = 0; i < 100; i++) {
                send(socket, "question");
                receive(socket, 8);
            }
            assertThat(proxy.traffic().since(before)).isEqualTo(new Traffic(0, 100, 800, 800));
        }
        assertThat(proxy.traffic().connections()).isEqualTo(1);
    }

    @Test
    void aQuestionInPiecesAndItsAnswerInPiecesAreOneRoundTrip() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultyProxy before = FaultyProxy.to((InetSocketAddress) listening.getLocalSocketAddress());
                Socket client = new Socket(
                        before.address().getAddress(), before.address().getPort());
                Socket served = listening.accept()) {
            // Each piece has arrived before the next one is sent.
            for (String piece : new String[] {"ques", "tion"}) {
                send(client, piece);
                assertThat(receive(served, piece.length())).isEqualTo(piece);
            }
            for (String piece : new String[] {"an", "swer"}) {
                send(served, piece);
                assertThat(receive(client, piece.length())).isEqualTo(piece);
            }
            assertThat(before.traffic()).isEqualTo(new Traffic(1, 1, 8, 6));
        }
    }

    @Test
    void cutConnectionsEndAndNewOnesWork() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            send(first, "a");
            receive(first, 1);
            send(second, "b");
            receive(second, 1);
            assertThat(proxy.openConnections()).isEqualTo(2);

            proxy.cutAll();

            assertThat(proxy.openConnections()).isZero();
            assertEnds(first);
            assertEnds(second);
        }
        try (Socket third = connect()) {
            send(third, "c");
            assertThat(receive(third, 1)).isEqualTo("c");
        }
    }

    private static void assertEnds(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection hangs.", e);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void newConnectionsAreRefusedUntilTheyAreAcceptedAgain() throws IOException {
        try (Socket open = connect()) {
            send(open, "a");
            assertThat(receive(open, 1)).isEqualTo("a");
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            send(open, "b");
            assertThat(receive(open, 1)).isEqualTo("b");
        }
        proxy.accept();
        try (Socket again = connect()) {
            send(again, "c");
            assertThat(receive(again, 1)).isEqualTo("c");
        }
    }

    @Test
    void aStalledProxyAcceptsAndSaysNothingUntilItResumes() throws IOException {
        try (Socket open = connect()) {
            send(open, "a");
            receive(open, 1);
            proxy.stall();
            try (Socket late = connect()) {
                send(open, "b");
                send(late, "c");
                for (Socket socket : new Socket[] {open, late}) {
                    socket.setSoTimeout(100);
                    assertThatThrownBy(() -> receive(socket, 1)).isInstanceOf(SocketTimeoutException.class);
                    socket.setSoTimeout((int) LONG.toMillis());
                }
                proxy.resume();
                assertThat(receive(open, 1)).isEqualTo("b");
                assertThat(receive(late, 1)).isEqualTo("c");
            }
        }
    }

    @Test
    void exactlyTheBytesBeforeACutArrive() throws Exception {
        try (Socket socket = connect()) {
            Cut cut = proxy.cutAfter(Direction.TO_CLIENT, 5);
            send(socket, "abc");
            assertThat(receive(socket, 3)).isEqualTo("abc");
            assertThat(cut.happened()).isFalse();

            send(socket, "defgh");

            assertThat(receive(socket, 2)).isEqualTo("de");
            assertEnds(socket);
            assertThat(cut.happened()).isTrue();
        }
        try (Socket next = connect()) {
            send(next, "the cut is made once");
            assertThat(receive(next, 20)).isEqualTo("the cut is made once");
        }
    }

    @Test
    void aServerNeverSeesWhatIsBeyondACutOnTheWayToIt() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultyProxy before = FaultyProxy.to((InetSocketAddress) listening.getLocalSocketAddress());
                Socket client = new Socket(
                        before.address().getAddress(), before.address().getPort());
                Socket served = listening.accept()) {
            Cut cut = before.cutAt(Direction.TO_SERVER, "secret".getBytes(UTF_8));
            send(client, "hello secret");

            assertThat(new String(served.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello ");
            assertThat(cut.happened()).isTrue();
        }
    }

    @Test
    void aServerThatIsNotThereEndsTheConnection() throws IOException {
        try (Socket nobody = new Socket()) {
            // Bound, so that nobody else takes the port meanwhile, but not listened on.
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (FaultyProxy toNobody = FaultyProxy.to((InetSocketAddress) nobody.getLocalSocketAddress());
                    Socket socket = connect(toNobody)) {
                assertEnds(socket);
            }
        }
    }

    @Test
    void aClosedProxyLeavesNoThreadAndNoConnection() throws IOException {
        String name = "faulty-proxy-" + proxy.address().getPort();
        try (Socket gone = connect()) {
            send(gone, "a");
            receive(gone, 1);
        }
        try (Socket open = connect()) {
            send(open, "a");
            receive(open, 1);
            assertThat(threadsNamed(name)).isGreaterThan(1);
            proxy.stall();

            proxy.close();
            proxy.close();

            assertThat(threadsNamed(name)).isZero();
            assertEnds(open);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }
}
