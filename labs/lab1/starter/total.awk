# total.awk: how much is mapped, in KiB, by all the rows of a map.
#
# Try:  awk -f labs/lab1/total.awk /proc/self/maps
#
# It finds most rows, but not all, on this machine and on others: mend it.
# What it prints must be one number, the sum over every row, [vsyscall] included.

# awk has no numbers in hexadecimal; this makes one of a text without 0x.
function hex(text,    value, i) {
    value = 0
    for (i = 1; i <= length(text); i++)
        value = 16 * value + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
}

/^[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-/ {
    total += hex(substr($0, 14, 12)) - hex(substr($0, 1, 12))
}

END { print total / 1024 }
