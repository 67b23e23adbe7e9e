package org.brkmap.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;

/** Passes text on with a letter of ASCII in place of each sign that a locale without Unicode cannot show. Not thread-safe. */
final class PlainLetters extends FilterWriter {
    private static final String SIGNS = "▲▼◆●−–≈×→∪↷÷…“”’▓░✔✘✓✗○⟨⟩·";
    private static final String LETTERS = "^v*o--~x>u>/.\"\"'#.+x+xo<>.";

    PlainLetters(Writer out) {
        super(out);
    }

    static boolean areNeededFor(Charset charset) {
        return !charset.canEncode() || !charset.newEncoder().canEncode(SIGNS);
    }

    private static char plain(char letter) {
        int at = letter < 0x80 ? -1 : SIGNS.indexOf(letter);
        return at < 0 ? letter : LETTERS.charAt(at);
    }

    @Override
    public void write(int letter) throws IOException {
        out.write(plain((char) letter));
    }

    @Override
    public void write(char[] letters, int offset, int length) throws IOException {
        char[] plain = new char[length];
        for (int i = 0; i < length; i++) {
            plain[i] = plain(letters[offset + i]);
        }
        out.write(plain, 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        write(text.toCharArray(), offset, length);
    }
}
