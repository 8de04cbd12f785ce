package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void linesMayEndAsOnWindowsAndTheLastOneNeedsNoEnd() throws Exception {
        assertThat(texts("one\r\ntwo\n\nfour")).containsExactly("one", "two", "", "four");
    }

    @Test
    void anInputWithoutBytesHasNoLines() throws Exception {
        assertThat(texts("")).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstLine() throws Exception {
        assertThat(texts("\uFEFFone\n\uFEFFtwo\n")).containsExactly("one", "\uFEFFtwo");
    }

    @Test
    void aLineThatIsTooLongIsNamedAndTheNextOneIsRead() throws Exception {
        LineReader lines = lines(bytes("x".repeat(LineReader.MAX_BYTES + 1) + "\nnext\n"));

        assertThatThrownBy(lines::next)
                .isInstanceOf(MalformedLineException.class)
                .hasMessage("line 1 is longer than 65536 bytes");
        assertThat(lines.next()).contains(new InputLine(2, "next"));
    }

    @Test
    void aLineMayBeAsLongAsTheLimit() throws Exception {
        String longest = "x".repeat(LineReader.MAX_BYTES);

        assertThat(texts(longest + "\n")).containsExactly(longest);
    }

    @Test
    void aLineThatIsNotUtf8IsNamedAndTheNextOneIsRead() throws Exception {
        LineReader lines = lines(new byte[] {'a', (byte) 0xC3, '\n', 'b', '\n'});

        assertThatThrownBy(lines::next)
                .isInstanceOf(MalformedLineException.class)
                .hasMessage("line 1 is not UTF-8 text");
        assertThat(lines.next()).contains(new InputLine(2, "b"));
    }

    @Test
    void utf16IsRecognised() {
        assertThatThrownBy(() -> lines("x\n".getBytes(StandardCharsets.UTF_16)).next())
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage("The input is UTF-16 text; save it as UTF-8.");
    }

    @Test
    void aCompressedFileIsRecognised() {
        assertThatThrownBy(() -> lines(new byte[] {0x1F, (byte) 0x8B, 8, 0}).next())
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("compressed");
    }

    @Test
    void anInputThatBreaksOffIsNamedWithTheLastWholeLine() throws Exception {
        LineReader lines = new LineReader("The input", new InputStream() {
            private final InputStream first = new ByteArrayInputStream(bytes("one\n"));

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = first.read(target, offset, length);
                if (read < 0) {
                    throw new IOException("the disk is gone");
                }
                return read;
            }
        });

        assertThat(lines.next()).contains(new InputLine(1, "one"));
        assertThatThrownBy(lines::next)
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage("The input can't be read beyond line 1: the disk is gone.");
    }

    private static List<String> texts(String input) throws Exception {
        LineReader lines = lines(bytes(input));
        List<String> texts = new ArrayList<>();
        for (Optional<InputLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            texts.add(line.get().text());
        }
        return texts;
    }

    private static LineReader lines(byte[] input) {
        return new LineReader("The input", new ByteArrayInputStream(input));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
