package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.brkmap.libc.Errno;
import org.brkmap.libc.MappingQuery;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.PageScan;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Usage;
import org.brkmap.procfs.ProcException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a process in {@code /proc} (proc(5)). Sizes are bytes, addresses unsigned 64-bit numbers.
 *
 * <p>Every method throws a {@link ProcException} that tells what went wrong by its kind, and no other exception but where the
 * machine itself fails (no descriptor left) or the thread is interrupted. A process that moves while it is read gives
 * {@link Kind#RACED} where that can be known at all: stop it before reading it. A thread's number does as well as a process's;
 * it must, for a process whose first thread has ended.
 *
 * <p>Safe for use by many threads.
 */
public final class ProcFs {
    private final Path root;
    private final KernelFeatures features;

    private ProcFs(Path root, KernelFeatures features) {
        this.root = root;
        this.features = features;
    }

    /** This machine's processes, by whatever this kernel offers. */
    public static ProcFs live() {
        return new ProcFs(Path.of("/proc"), KernelFeatures.ofThisKernel());
    }

    /** Processes that another directory describes, laid out as {@code /proc} is; read as files, whatever else they may be. */
    public static ProcFs at(Path root) {
        return new ProcFs(root, KernelFeatures.NONE);
    }

    /** The address space, in order of address, without usage. Empty for a thread of the kernel's own. */
    public List<Mapping> maps(int pid) throws IOException {
        ProcDirectory directory = directory(pid);
        try (ProcFile file = directory.open("maps")) {
            return whole(directory, file, MapsParser.parse(file, file.source()));
        }
    }

    /** The one mapping that holds the address, without usage; cheaper than {@link #maps} where the kernel can be asked for it. */
    public Optional<Mapping> mappingAt(int pid, long address) throws IOException {
        // The kernel's own half holds a mapping that maps shows and the question does not find.
        if (features.mappingQuery() && address >= 0) {
            try {
                String file = directory(pid).path().resolve("maps").toString();
                return MappingQuery.find(file, address).map(OneMapping::of);
            } catch (NativeException e) {
                return listedAt(pid, address); // which fails too, and knows why
            }
        }
        return listedAt(pid, address);
    }

    private Optional<Mapping> listedAt(int pid, long address) throws IOException {
        return maps(pid).stream()
                .filter(mapping -> mapping.range().contains(address))
                .findFirst();
    }

    /**
     * The address space with each mapping's usage. Dearer by ten times than {@link #maps}, and it holds up a process that maps
     * memory at the same time. Raced if maps, read after it, shows other mappings.
     */
    public List<Mapping> smaps(int pid) throws IOException {
        ProcDirectory directory = directory(pid);
        List<Mapping> mappings;
        try (ProcFile file = directory.open("smaps")) {
            mappings = SmapsParser.parse(file, file.source());
            if (mappings.isEmpty()) {
                return whole(directory, file, mappings);
            }
        }
        // If the address space was gone before its end was read, so it is now, or it is another one.
        if (!sameAddressSpace(mappings, maps(pid))) {
            throw new ProcException(
                    Kind.RACED,
                    "smaps and maps of process " + pid + " differ: it changed while it was read. Stop it first, or read"
                            + " again.");
        }
        return mappings;
    }

    private static boolean sameAddressSpace(List<Mapping> one, List<Mapping> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            Mapping a = one.get(i);
            Mapping b = other.get(i);
            if (!a.range().equals(b.range())
                    || !a.permissions().equals(b.permissions())
                    || !a.backing().equals(b.backing())) {
                return false;
            }
        }
        return true;
    }

    /** The usage of the whole address space, as the kernel adds it up; it may differ from the sum of smaps by rounding of Pss. */
    public Usage smapsRollup(int pid) throws IOException {
        try (ProcFile file = directory(pid).open("smaps_rollup")) {
            return SmapsParser.parseRollup(file, file.source());
        }
    }

    /** State, times and the addresses of the program's parts. */
    public ProcStat stat(int pid) throws IOException {
        return directory(pid).stat();
    }

    /** Sizes, numbers and rights. */
    public ProcStatus status(int pid) throws IOException {
        try (ProcFile file = directory(pid).open("status")) {
            return ProcStatus.parse(file, file.source());
        }
    }

    /** The auxiliary vector. */
    public Auxv auxv(int pid) throws IOException {
        ProcDirectory directory = directory(pid);
        try (ProcFile file = directory.open("auxv")) {
            byte[] bytes = file.readAllBytes();
            if (bytes.length == 0) {
                throw directory.lost(file.source());
            }
            return Auxv.parse(bytes, ByteOrder.nativeOrder(), file.source());
        }
    }

    /** Where the program's parts are; null in it for whatever the kernel does not tell us. */
    public ProcessLayout layout(int pid) throws IOException {
        ProcStat stat = stat(pid);
        Auxv auxv = allowed(() -> auxv(pid));
        String executable = allowed(() -> exe(pid));
        return new ProcessLayout(
                executable,
                stat.startCode(),
                stat.endCode(),
                stat.startData(),
                stat.endData(),
                stat.startBrk(),
                stat.startStack(),
                stat.argStart(),
                stat.argEnd(),
                stat.envStart(),
                stat.envEnd(),
                auxv == null ? null : auxv.programHeaders(),
                auxv == null ? null : auxv.entry(),
                auxv == null ? null : auxv.loaderBase(),
                auxv == null ? null : auxv.vdso());
    }

    /**
     * The mappings with the states of their pages, from pagemap. Pages are null where they cannot be told: outside of user space,
     * and where there is too much to tell.
     *
     * <p>Without {@link KernelFeatures#pageScan} they are judged by the usage that {@link #smaps} gave the mappings, and are null
     * also where read-only zeros and memory shared since a fork are mixed, where usage is missing, and past the first 4,194,304
     * pages. {@link org.brkmap.model.PageState#HUGE} is told then only where smaps leaves no doubt which pages are huge; others
     * are ANONYMOUS.
     *
     * @param pageSize of this machine, in bytes
     */
    public List<Mapping> pages(int pid, List<Mapping> mappings, int pageSize) throws IOException {
        ProcDirectory directory = directory(pid);
        try (ProcFile file = directory.open("pagemap");
                PageScan scan = features.pageScan() ? scan(file) : null) {
            PageReader reader = scan == null ? new PageMap(directory, file, pageSize) : new PageScanner(scan, pageSize);
            List<Mapping> told = new ArrayList<>();
            for (Mapping mapping : mappings) {
                told.add(mapping.withPages(reader.pages(mapping)));
            }
            if (!file.stillAnswers()) {
                throw directory.lost(file.source());
            }
            return Collections.unmodifiableList(told);
        } catch (NativeException e) {
            throw e.errno() == Errno.ESRCH
                    ? directory.lost(directory.path().resolve("pagemap").toString())
                    : e;
        }
    }

    /**
     * Which pages of a range are in memory and mapped by this process alone, from bit 56 of pagemap: after a fork(2) those that
     * were copied, or that everybody else has given up. Without privilege.
     *
     * @param range whole pages of the process
     * @return the numbers of these pages within the range, from 0
     */
    public BitSet exclusivePages(int pid, AddressRange range, int pageSize) throws IOException {
        ProcDirectory directory = directory(pid);
        try (ProcFile file = directory.open("pagemap")) {
            return new PageMap(directory, file, pageSize).exclusive(range);
        }
    }

    private static PageScan scan(ProcFile file) throws IOException {
        try {
            return new PageScan(file.source());
        } catch (NativeException e) {
            throw file.explain(e);
        }
    }

    /** The numbers of all processes that are to be seen, in no order. */
    public List<Integer> processes() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.valueOf(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return pids;
    }

    /** How many threads there are on this machine, whoever's they are (proc_loadavg(5)). */
    public int threadsOfAll() throws IOException {
        String load = Files.readString(root.resolve("loadavg"));
        try {
            return Integer.parseInt(load.substring(load.indexOf('/') + 1).split(" ", 2)[0]);
        } catch (NumberFormatException e) {
            throw new IOException(root.resolve("loadavg") + " is not of the known form: " + load.strip(), e);
        }
    }

    /** The program's name and arguments, as it was given them; empty for a thread of the kernel's own. */
    public List<String> commandLine(int pid) throws IOException {
        try (ProcFile file = directory(pid).open("cmdline")) {
            String line = new String(file.readAllBytes(), UTF_8);
            return line.isEmpty() ? List.of() : List.of(line.split("\0"));
        }
    }

    /** The environment it was started with, {@code NAME=VALUE} each; what it makes of it later may not show. */
    public List<String> environment(int pid) throws IOException {
        try (ProcFile file = directory(pid).open("environ")) {
            return List.of(new String(file.readAllBytes(), UTF_8).split("\0"));
        }
    }

    /** How often a thread has given up its processor or lost it: while the number stays, a sleeping thread has not run. */
    public long switches(int pid, int tid) throws IOException {
        try (ProcFile file = directory(pid).thread(tid).open("status")) {
            return SwitchCounts.parse(file, file.source());
        }
    }

    /** The numbers of its threads, ascending. */
    public List<Integer> threads(int pid) throws IOException {
        ProcDirectory directory = directory(pid);
        List<Integer> tids = numbers(directory, "task");
        if (tids.isEmpty()) {
            throw directory.lost(directory.path().resolve("task").toString());
        }
        return tids;
    }

    /** The processes that this thread has started, or that came to it as orphans; proc_pid_task(5) says when one is missed. */
    public List<Integer> children(int pid, int tid) throws IOException {
        try (ProcFile file = directory(pid).thread(tid).open("children")) {
            String list = new String(file.readAllBytes(), UTF_8).strip();
            return list.isEmpty()
                    ? List.of()
                    : Stream.of(list.split(" ")).map(Integer::valueOf).toList();
        }
    }

    private static List<Integer> numbers(ProcDirectory directory, String name) throws IOException {
        Path path = directory.path().resolve(name);
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                numbers.add(Integer.valueOf(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw directory.explain(new IOException(e), path);
        } catch (IOException e) {
            throw directory.explain(e, path);
        }
        Collections.sort(numbers);
        return Collections.unmodifiableList(numbers);
    }

    /** What the thread calls itself: at most 15 bytes, of any kind. */
    public String threadName(int pid, int tid) throws IOException {
        try (ProcFile file = directory(pid).thread(tid).open("comm")) {
            String name = new String(file.readAllBytes(), UTF_8);
            return name.endsWith("\n") ? name.substring(0, name.length() - 1) : name;
        }
    }

    /** The path of the program it executes, with {@code " (deleted)"} behind it if that is so. */
    public String exe(int pid) throws IOException {
        return directory(pid).link("exe");
    }

    /** What a descriptor of its leads to: a path, or a name such as {@code pipe:[4711]}; empty if it is not open. */
    public Optional<String> fileBehind(int pid, int descriptor) throws IOException {
        ProcDirectory directory = directory(pid);
        try {
            return Optional.of(directory.link("fd/" + descriptor));
        } catch (ProcException e) {
            if (e.kind() == Kind.UNAVAILABLE && e.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The numbers of its open descriptors, ascending. */
    public List<Integer> descriptors(int pid) throws IOException {
        return numbers(directory(pid), "fd");
    }

    /** What a thread does in the kernel. */
    public CurrentCall syscall(int pid, int tid) throws IOException {
        try (ProcFile file = directory(pid).thread(tid).open("syscall")) {
            return CurrentCall.parse(file, file.source());
        }
    }

    /** The kernel's function that a thread sleeps in; empty if it does not sleep, or if that is not for us to know. */
    public Optional<String> wchan(int pid, int tid) throws IOException {
        try (ProcFile file = directory(pid).thread(tid).open("wchan")) {
            String name = new String(file.readAllBytes(), UTF_8);
            return name.isEmpty() || name.equals("0") ? Optional.empty() : Optional.of(name);
        }
    }

    /** The descriptors that an epoll descriptor of its watches for input (proc_pid_fdinfo(5)). */
    public List<Integer> epollTargets(int pid, int epoll) throws IOException {
        try (ProcFile file = directory(pid).open("fdinfo/" + epoll)) {
            return EpollTargets.parse(new String(file.readAllBytes(), UTF_8));
        }
    }

    /** A setting of the kernel, by its path below {@code /proc/sys}. */
    public String setting(String path) throws IOException {
        return Files.readString(root.resolve("sys").resolve(path)).strip();
    }

    /**
     * The System V objects of a user's (proc(5)).
     *
     * @param kind shm, msg or sem
     * @return their ids
     */
    public List<Long> sharedObjects(String kind, int user) throws IOException {
        return SharedObjects.parse(Files.readString(root.resolve("sysvipc").resolve(kind)), user);
    }

    /** In which control groups this process is. */
    public ControlGroups controlGroups() throws IOException {
        Path self = root.resolve("self");
        return ControlGroups.parse(
                Files.readString(self.resolve("cgroup")), Files.readString(self.resolve("mountinfo")));
    }

    /** What it has read and written so far. */
    public IoCounts io(int pid) throws IOException {
        try (ProcFile file = directory(pid).open("io")) {
            return IoCounts.parse(file, file.source());
        }
    }

    /** As {@link #readMemory(int, long, byte[], int, int)}, for the whole buffer. */
    public int readMemory(int pid, long address, byte[] buffer) throws IOException {
        return readMemory(pid, address, buffer, 0, buffer.length);
    }

    /**
     * Copies a piece of its memory into the buffer, through {@code /proc/PID/mem}.
     *
     * @return how many bytes were read: fewer than asked for where memory ends that can be read, 0 where none begins
     */
    public int readMemory(int pid, long address, byte[] buffer, int offset, int length) throws IOException {
        ProcDirectory directory = directory(pid);
        ByteBuffer target = ByteBuffer.wrap(buffer, offset, length);
        try (ProcFile file = directory.open("mem")) {
            return MemoryReader.read(directory, file, address, target);
        }
    }

    private List<Mapping> whole(ProcDirectory directory, ProcFile file, List<Mapping> mappings) throws IOException {
        if (mappings.isEmpty() && directory.stat().isKernelThread()) {
            return mappings;
        }
        if (mappings.isEmpty() || !file.stillAnswers()) {
            throw directory.lost(file.source());
        }
        return mappings;
    }

    private ProcDirectory directory(int pid) {
        return ProcDirectory.of(root, pid);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> @Nullable T allowed(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (ProcException e) {
            if (e.kind() == Kind.DENIED || e.kind() == Kind.UNAVAILABLE) {
                return null;
            }
            throw e;
        }
    }
}
