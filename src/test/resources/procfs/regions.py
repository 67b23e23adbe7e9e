"""Maps one region of each kind, prints "NAME ADDRESS PAGES" for each, then "ready", and waits.

Usage: python3 regions.py DIRECTORY   (a directory for its files, empty and writable)
Each region lies between two pages without access, so that it has no neighbour to merge with.
"""
import ctypes
import mmap
import os
import signal
import sys

PAGE = mmap.PAGESIZE
NONE, READ, WRITE = 0, mmap.PROT_READ, mmap.PROT_READ | mmap.PROT_WRITE
PRIVATE, SHARED, ANONYMOUS = mmap.MAP_PRIVATE, mmap.MAP_SHARED, mmap.MAP_ANONYMOUS
FIXED = 0x10
MADV_GUARD_INSTALL = 102

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]


def checked(address):
    if address is None or address == ctypes.c_size_t(-1).value:
        raise OSError(ctypes.get_errno(), "cannot map")
    return address


def region(name, pages, protection, flags, descriptor=-1):
    hole = checked(libc.mmap(None, (pages + 2) * PAGE, NONE, PRIVATE | ANONYMOUS, -1, 0))
    address = checked(libc.mmap(hole + PAGE, pages * PAGE, protection, flags | FIXED, descriptor, 0))
    print(name, "%x" % address, pages)
    return address


def write(address, *pages):
    for page in pages:
        ctypes.c_ubyte.from_address(address + page * PAGE).value = 0xA5


def read(address, *pages):
    for page in pages:
        ctypes.c_ubyte.from_address(address + page * PAGE).value


def file(name, pages):
    path = os.path.join(sys.argv[1], name)
    with open(path, "wb") as out:
        out.write(b"f" * (pages * PAGE))
    return path, os.open(path, os.O_RDWR)


a = region("anonymous", 16, WRITE, PRIVATE | ANONYMOUS)
libc.madvise(a, 16 * PAGE, 15)  # MADV_NOHUGEPAGE
write(a, 1, 2, 5)
read(a, 7, 8, 9)

write(region("shared", 8, WRITE, SHARED | ANONYMOUS), 0, 1, 2)

path, descriptor = file("copied", 8)
a = region("copied", 8, WRITE, PRIVATE, descriptor)
read(a, *range(8))
write(a, 3, 4)

descriptor = os.open("/dev/zero", os.O_RDWR)
write(region("devzero", 4, WRITE, PRIVATE, descriptor), 0)

descriptor = os.memfd_create("two words\n<img src=x>")
os.ftruncate(descriptor, 4 * PAGE)
write(region("memfd", 4, WRITE, SHARED, descriptor), 2)

for title, name in (
    ("blanks", " two  words\tand a tab "),
    ("markup", "<img src=x onerror=alert(1)>&amp;\"'"),
    ("label", "[heap]\n<img src=x>"),
    ("bracket", "[stack]"),
    ("deleted", "gone"),
    ("pretends", "here (deleted)"),
    ("escape", "back\\012slash"),
    ("umlaut", "gr\u00fc\u00dfe"),
):
    path, descriptor = file(name, 1)
    region(title, 1, READ, SHARED, descriptor)
    if title == "deleted":
        os.unlink(path)

a = region("guarded", 4, WRITE, PRIVATE | ANONYMOUS)
write(a, 0, 1, 2, 3)
if libc.madvise(a + PAGE, PAGE, MADV_GUARD_INSTALL) != 0:
    print("noguard", "%x" % a, 4)

segment = libc.shmget(0, 2 * PAGE, 0o600 | 0o1000)
if segment >= 0:
    a = checked(libc.shmat(segment, None, 0))
    libc.shmctl(segment, 0, None)
    write(a, 0)
    print("systemv", "%x" % a, 2)

print("ready", flush=True)
while True:
    signal.pause()
