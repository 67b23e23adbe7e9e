/** Lab 1: the regions of a process's memory. */
package lab1;
