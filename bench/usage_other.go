//go:build !unix

package main

import "os"

// maxRSS is 0 where the system does not tell.
func maxRSS(*os.ProcessState) float64 { return 0 }

// ownCPU is 0 where the system does not tell.
func ownCPU() float64 { return 0 }
