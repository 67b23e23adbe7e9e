"""extend_mem_area.py: a string that doubles, until it no longer lies in the heap.

Usage: python3 extend_mem_area.py [CHARACTERS [DOUBLINGS]]     (defaults 1000 and 10)

Each addition makes a new string and drops the old one. Python asks malloc for what is longer than 512 bytes;
its shorter objects lie in arenas that it maps for itself.

Try: grep heap /proc/$(pgrep -f extend_mem_area.py)/maps, after each key
     the heap grows by what the interpreter needs, and no longer with the string once that is mapped.
"""
import sys


def wait(purpose):
    print(f"Press key to {purpose} ...", flush=True)
    sys.stdin.readline()


length = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
doublings = int(sys.argv[2]) if len(sys.argv) > 2 else 10

wait("begin")
string = "x" * length
for _ in range(doublings):
    wait(f"double {len(string)} characters")
    string = string + string
wait(f"drop {len(string)} characters")
del string
wait("end")
