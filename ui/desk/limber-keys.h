/* The keys of the program: what they do, and how that is said on the page that lists them. The table is the application's. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_KEYS_FIND,
  LIMBER_KEYS_VISIT,
  LIMBER_KEYS_DIARY,
  LIMBER_KEYS_PAGES,
  LIMBER_KEYS_WINDOW,
  LIMBER_KEYS_GROUPS,
} LimberKeysGroup;

typedef struct {
  const char     *action;  /* (nullable): with its target; %NULL for a key that a widget of its own listens for */
  const char     *keys[3]; /* as GTK writes them, until %NULL */
  const char     *words;   /* what it does, to be translated */
  LimberKeysGroup group;
} LimberKey;

GtkWidget *limber_keys_window_new (GtkWindow *parent, const LimberKey *keys, gsize n);

G_END_DECLS
