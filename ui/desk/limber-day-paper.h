/* The desk's papers: the day's list to write on, and who is in the building. */
#pragma once

#include "limber-paper.h"

G_BEGIN_DECLS

/* What stands on top of a paper. */
typedef struct {
  const char *site;  /* its name */
  const char *date;  /* of the list, YYYY-MM-DD */
  gint64      now;   /* milliseconds UTC */
  const char *sync;  /* (nullable): how fresh it is, as the screen says it */
  const char *staff; /* (nullable): who is signed in here */
} LimberPaperHead;

LimberPaper *limber_day_paper_of_day      (GPtrArray *lines, const LimberPaperHead *head);
LimberPaper *limber_day_paper_of_building (GPtrArray *people, const LimberPaperHead *head);

G_END_DECLS
