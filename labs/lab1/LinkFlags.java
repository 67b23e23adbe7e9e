package lab1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** link.flags as the student has filled it in: a line for each form, {@code form = flags}; # begins a comment. */
record LinkFlags(Map<String, List<String>> byForm) {
    private static final List<String> KNOWN =
            List.of("-fPIE", "-fno-pie", "-fno-PIE", "-fpie", "-pie", "-no-pie", "-static", "-static-pie");

    static LinkFlags read(Path file) {
        Map<String, List<String>> byForm = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.replaceFirst("#.*", "").strip();
                int sign = text.indexOf('=');
                if (sign >= 0) {
                    String flags = text.substring(sign + 1).strip();
                    byForm.put(
                            text.substring(0, sign).strip(),
                            flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(file.getFileName() + " cannot be read as UTF-8 text: " + e, e);
        }
        return new LinkFlags(byForm);
    }

    /** The flags of a form; without any, or with one that is none of ours, the check fails. */
    String[] of(Form form) {
        List<String> flags = byForm.getOrDefault(form.title(), List.of());
        if (flags.isEmpty()) {
            throw new AssertionError(form.title() + ": no flags yet");
        }
        for (String flag : flags) {
            if (!KNOWN.contains(flag)) {
                throw new AssertionError(form.title() + ": " + flag + " is none of " + String.join(" ", KNOWN));
            }
        }
        return flags.toArray(String[]::new);
    }
}
