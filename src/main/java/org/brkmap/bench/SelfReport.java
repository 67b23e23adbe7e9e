package org.brkmap.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/**
 * What {@link SelfBench} measured, as text. Immutable.
 *
 * @param machine what the numbers depend on, a line each
 */
public record SelfReport(List<String> machine, List<Figure> figures) {
    public SelfReport {
        machine = List.copyOf(machine);
        figures = List.copyOf(figures);
    }

    static List<String> thisMachine(String compiler) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("Linux " + System.getProperty("os.version") + ", " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        lines.add(String.format(
                Locale.ROOT,
                "load average of the last minute %.1f; a machine that does other work widens the intervals",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        lines.add("Java " + System.getProperty("java.version") + ", "
                + String.join(
                        " ",
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(argument -> argument.startsWith("-XX"))
                                .toList()));
        lines.add(compiler);
        lines.add(firstLine("strace", "--version"));
        return lines;
    }

    private static String firstLine(String... command) throws InterruptedException {
        try {
            ToolResult result = Tool.of(command).run();
            return result.stdout().lines().findFirst().orElse(command[0]);
        } catch (IOException e) {
            return command[0] + " is not installed";
        }
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        machine.forEach(line -> text.append(line).append('\n'));
        text.append("median, and the interval that holds it with 95 % confidence\n\n");
        for (Figure figure : figures) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-58s %11s  %-17s %-8s %s",
                            figure.what(),
                            figure.median(),
                            figure.interval(),
                            figure.bound(),
                            figure.verdict())
                    .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    /** For docs/MEASURING.md: the same as a table. */
    public String markdown() {
        List<List<String>> rows = figures.stream()
                .map(figure -> List.of(
                        figure.what().startsWith("  ") ? "… " + figure.what().strip() : figure.what(),
                        figure.median(),
                        figure.interval(),
                        figure.bound(),
                        figure.verdict()))
                .toList();
        return Measured.markdown(machine, List.of("what", "median", "95 % interval", "target", "verdict"), rows);
    }
}
