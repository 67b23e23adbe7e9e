/** Lab 5: leaks and fragmentation. */
package lab5;
