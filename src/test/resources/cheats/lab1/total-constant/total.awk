END { print 2480 }
