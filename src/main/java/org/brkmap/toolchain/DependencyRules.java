package org.brkmap.toolchain;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the make rules that {@code gcc -MM} prints (gcc(1)): a backslash escapes blanks, {@code #} and the end of a line. */
final class DependencyRules {
    private DependencyRules() {}

    /** The files that the rules name on their right, each once. */
    static List<Path> files(String rules) {
        Set<Path> files = new LinkedHashSet<>();
        for (String rule : rules.replace("\\\n", " ").lines().toList()) {
            int colon = rule.indexOf(": ");
            if (colon >= 0) {
                words(rule.substring(colon + 2), files);
            }
        }
        return List.copyOf(files);
    }

    private static void words(String text, Set<Path> files) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && i + 1 < text.length() && " #\\".indexOf(text.charAt(i + 1)) >= 0;
            boolean doubled = c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '$';
            if (escapes || doubled) {
                word.append(text.charAt(++i));
            } else if (c == ' ') {
                flush(word, files);
            } else {
                word.append(c);
            }
        }
        flush(word, files);
    }

    private static void flush(StringBuilder word, Set<Path> files) {
        if (!word.isEmpty()) {
            files.add(Path.of(word.toString()));
            word.setLength(0);
        }
    }
}
