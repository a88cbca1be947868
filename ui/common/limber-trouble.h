/* LimberTrouble: what a person is told when a program cannot use its store: what happened, what was kept, what to do now. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LimberTrouble:
 * @title: a few words
 * @happened: what happened, a sentence or two
 * @kept: what was kept
 * @advice: what to do now
 * @command: (nullable): what to type in a terminal, where that is the way
 * @again: whether trying again can help
 */
typedef struct {
  char    *title;
  char    *happened;
  char    *kept;
  char    *advice;
  char    *command;
  gboolean again;
} LimberTrouble;

LimberTrouble *limber_trouble_new  (const GError *error, const char *program, const char *dir);
void           limber_trouble_free (LimberTrouble *trouble);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberTrouble, limber_trouble_free)

G_END_DECLS
