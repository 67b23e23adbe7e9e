package org.brkmap.cli;

import java.io.IOException;
import java.util.Optional;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A process as a user names it: by its number. */
record ProcessNumber(int pid) {

    /** Reads the word of the command line. */
    static final class Converter implements ITypeConverter<ProcessNumber> {
        @Override
        public ProcessNumber convert(String word) {
            if (!word.matches("\\d{1,10}") || Long.parseLong(word) > Integer.MAX_VALUE || Long.parseLong(word) == 0) {
                throw new TypeConversionException(
                        "'" + word + "' is not a process's number, which is above 0. pgrep NAME"
                                + " finds the number of a program.");
            }
            return new ProcessNumber(Integer.parseInt(word));
        }
    }

    /**
     * Refuses brkmap itself, and the shell and the terminal it runs under: a shell above would take a stopped one for suspended,
     * and nothing happens in one that waits for us.
     *
     * @throws IOException if it is one of them; the message says what to do
     */
    void mustNotHoldUs() throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            throw new IOException("process " + pid + " is brkmap itself. Name another process.");
        }
        Optional<ProcessHandle> above = ProcessHandle.current().parent();
        while (above.isPresent()) {
            if (above.get().pid() == pid) {
                throw new IOException(
                        "process " + pid + " is one that brkmap runs under, such as its shell: it waits for"
                                + " brkmap, and may not be held. Start brkmap in another terminal.");
            }
            above = above.get().parent();
        }
    }

    /**
     * What the kernel says of it, if it has an address space.
     *
     * @throws IOException if it has none; the message says why
     */
    ProcStat alive() throws IOException {
        ProcStat stat = ProcFs.live().stat(pid);
        if (stat.isKernelThread()) {
            throw new IOException("process " + pid + " (" + stat.command()
                    + ") is a thread of the kernel's own: it has no address space to show. Name a program's process.");
        }
        if (stat.state() == 'Z') {
            throw new IOException(
                    "process " + pid + " (" + stat.command() + ") has ended: it is a zombie, kept until its"
                            + " parent, process " + stat.parent() + ", waits for it. Its memory is gone.");
        }
        return stat;
    }
}
