/* LimberSecond: central's second file (SYNC.md rule 14), meant for a second volume: every entry that central took in,
 * a line each as it was pushed, there before anybody is told. A restore is a backup and this file. */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct _LimberSecond LimberSecond;

/* Called for each line; returning FALSE ends the reading. */
typedef gboolean (*LimberSecondFunc) (const char *line, gsize length, gpointer data, GError **error);

/* What is to stand in a line's place, with its end; NULL leaves it as it is. */
typedef char *(*LimberSecondEdit) (const char *line, gsize length, gpointer data);

/* Writes lines, each with its end, to @file; whether that could be written is seen to afterwards. */
typedef gboolean (*LimberSecondFill) (FILE *file, gpointer data, GError **error);

gboolean      limber_second_is_there (const char *dir, const char *where);
LimberSecond *limber_second_open   (const char *dir, const char *where, LimberSecondFill fill, gpointer data, GError **error);
void          limber_second_close  (LimberSecond *second);
gboolean      limber_second_append (LimberSecond *second, const char *lines, gsize length, GError **error);
gboolean      limber_second_rewrite (LimberSecond *second, LimberSecondEdit edit, gpointer data, GError **error);
gboolean      limber_second_each   (const char *dir, const char *where, LimberSecondFunc func, gpointer data, GError **error);

G_END_DECLS
