#include "limber-thrift.h"

#include <malloc.h>

#define ARENAS 2        /* one for whoever draws, one for all who read */
#define BLOCK (64 * 1024) /* bytes: what is larger goes back to the system as soon as it is free */

/**
 * limber_thrift_begin:
 *
 * For a program that somebody looks at: gives each thread no store of memory of its own, and keeps little of what is free. To be called
 * first of all, before there are threads.
 */
void
limber_thrift_begin (void)
{
  mallopt (M_ARENA_MAX, ARENAS);
  mallopt (M_MMAP_THRESHOLD, BLOCK);
  mallopt (M_TRIM_THRESHOLD, BLOCK);
}
