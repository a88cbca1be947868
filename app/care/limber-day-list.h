/* LimberDayLine: one appointment as a list on paper has it: what stands there in print, and what is known to be written in. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_DAY_LIST_WALK_INS 6 /* empty lines at the end of a list, for who comes without an appointment */

/* All texts are owned; nothing says anything of an address or a telephone. */
typedef struct {
  LimberRow *row;     /* (owned): of the query "today" */
  char      *time;    /* "09:30" */
  char      *name;    /* "SMITH, Jane (Mrs)" */
  char      *born;    /* "Born 06-Aug-1954 (72y)" */
  char      *number;  /* "NHS No. 999 426 3498" */
  char      *with;    /* (nullable) */
  char      *place;   /* (nullable) */
  char      *needs;   /* (nullable): in words */
  char      *mark;    /* (nullable): what staff must know before anything else */
  char      *came;    /* (nullable): "09:22", when it is known already */
  char      *seen;    /* (nullable): the time, or that she was */
  char      *closed;  /* (nullable): "Cancelled", "Did not come", "Could not be seen": nothing is to be written here */
} LimberDayLine;

void           limber_day_line_free    (LimberDayLine *line);
LimberDayLine *limber_day_line_new     (LimberRow *row, const char *today);
int            limber_day_line_compare (const LimberDayLine *a, const LimberDayLine *b);
json_t        *limber_day_line_to_json (const LimberDayLine *line);
GPtrArray     *limber_day_list_read    (LimberReader *reader, const LimberId *site, const char *date, GError **error);

G_END_DECLS
