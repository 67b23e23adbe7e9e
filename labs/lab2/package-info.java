/** Lab 2: allocation, by the program break or by mapping. */
package lab2;
