BEGIN {
    print "Hello, world!"
    getline line < "-"
}
