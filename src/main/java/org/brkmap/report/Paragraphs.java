package org.brkmap.report;

/** Builds text for a terminal: paragraphs folded at blanks, rows cut at the edge, colour only where it is wanted. Not thread-safe. */
final class Paragraphs {
    static final String BOLD = "\u001b[1m";
    static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LEAST_WIDTH = 40;

    private final int width;
    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    /**
     * Text of this width.
     *
     * @param colour whether to use ANSI sequences; without it the text holds none
     */
    Paragraphs(int width, boolean colour) {
        this.width = Math.max(LEAST_WIDTH, width);
        this.colour = colour;
    }

    int width() {
        return width;
    }

    void blank() {
        out.append('\n');
    }

    /** One row as it is; whoever made it saw to its width. */
    void row(String style, String text) {
        out.append(styled(style, text)).append('\n');
    }

    String styled(String style, String text) {
        return colour && !style.isEmpty() ? style + text + PLAIN : text;
    }

    /** One paragraph, folded; what follows the first line stands two columns further in. */
    void line(String style, String indent, String text) {
        boolean styled = colour && !style.isEmpty();
        out.append(styled ? style : "").append(indent);
        int column = indent.length();
        boolean first = true;
        for (String word : Visible.line(text, 2000).split(" ", -1)) {
            int length = word.codePointCount(0, word.length());
            if (!first && column + 1 + length > width) {
                out.append('\n').append(indent).append("  ");
                column = indent.length() + 2;
            } else if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += length;
            first = false;
        }
        out.append(styled ? PLAIN : "").append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
