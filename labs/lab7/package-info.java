/** Lab 7: reading another process's memory. */
package lab7;
