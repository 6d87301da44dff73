// Package arch holds the architecture as ordinary tests: who may import whom,
// that every package and every exported name is documented, and that the core
// has no clock and no float.
package arch
