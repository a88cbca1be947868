/* LimberLong: work on a store that takes long, so that it says how far it is and can be stopped. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LimberLong:
 * @cancellable: (nullable): stops it, within a moment
 * @tell: (nullable): told in the thread that works: how much is done, of 1; below 0 while nobody can say
 * @data: for @tell
 */
typedef struct {
  GCancellable *cancellable;
  void        (*tell) (double done, gpointer data);
  gpointer      data;
} LimberLong;

G_END_DECLS
