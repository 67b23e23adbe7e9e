package org.brkmap.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Writes the commands and their options as a manual page (man(7)). */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandSpec root) {
        ManPage man = new ManPage();
        man.macro("TH", "BRKMAP", "1", "", "brkmap", "User Commands");
        man.macro("SH", "NAME");
        man.text("brkmap - shows what a program's memory does, and which of its lines did it");
        man.macro("SH", "SYNOPSIS");
        man.page.append(".B brkmap\n.I COMMAND\n[options]\n");
        man.macro("SH", "COMMANDS");
        man.commandsOf(root);
        man.macro("SH", "EXIT STATUS");
        man.exitStatus(root.usageMessage());
        man.macro("SH", "ENVIRONMENT");
        man.term("NO_COLOR", "If set and not empty: no colour, on a terminal neither.");
        man.term("CLICOLOR_FORCE", "If set and neither empty nor 0: colour in a pipe too, as for less -R.");
        man.term("TERM", "If dumb or not set: no colour, and no sequences of a terminal.");
        man.term("JAVA_HOME", "The Java that ./brkmap starts; else the java on the PATH.");
        man.macro("SH", "SEE ALSO");
        man.text("proc_pid_maps(5), proc_pid_smaps(5), ptrace(2), malloc(3)");
        return man.page.toString();
    }

    /** Those that have commands of their own are followed by them. */
    private void commandsOf(CommandSpec parent) {
        for (CommandLine line : parent.subcommands().values()) {
            CommandSpec command = line.getCommandSpec();
            command(command);
            commandsOf(command);
        }
    }

    private void term(String term, String meaning) {
        macro("TP");
        page.append(".B ")
                .append(escaped(term))
                .append('\n')
                .append(escaped(meaning))
                .append('\n');
    }

    private void command(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        macro("SS", command.qualifiedName());
        Arrays.stream(usage.description()).forEach(this::text);
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            entry(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : command.options()) {
            if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
                String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                entry(String.join(", ", option.names()) + value, option);
            }
        }
        if (!usage.exitCodeList().isEmpty()) {
            text("Exit status:");
            exitStatus(usage);
        }
        if (usage.footer().length > 0) {
            text("Examples:");
            macro("EX");
            Arrays.stream(usage.footer())
                    .forEach(line ->
                            page.append(escaped(line.replace("$$", "$"))).append('\n'));
            macro("EE");
        }
    }

    private void entry(String term, ArgSpec argument) {
        macro("TP");
        page.append(".B ").append(escaped(term)).append('\n');
        String description = String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
        page.append(escaped(plain(description))).append('\n');
    }

    private void exitStatus(UsageMessageSpec usage) {
        usage.exitCodeList().forEach(this::term);
    }

    private void text(String text) {
        if (text.isBlank()) {
            return;
        }
        // A heading begins a paragraph already.
        int lastLine = page.lastIndexOf("\n", page.length() - 2) + 1;
        if (!page.substring(lastLine).startsWith(".S")) {
            macro("PP");
        }
        page.append(escaped(plain(text))).append('\n');
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument)).append('"');
        }
        page.append('\n');
    }

    /** Without the marks that picocli would turn into colours and line ends. */
    private static String plain(String text) {
        return Ansi.OFF.string(text).replace("%n", " ").replace("%%", "%").replace("$$", "$");
    }

    /** A full stop or an apostrophe at the beginning of a line would be a request of roff's. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
