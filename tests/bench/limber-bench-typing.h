/* What somebody types at the desk who looks for a person, with the slips that fingers and ears make. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One of the lists; every text is owned by its list, and "" when there is none. */
typedef struct {
  char *number, *nhs_number, *family, *given, *born, *mobile, *phone;
  gboolean expected; /* today */
} LimberBenchPerson;

typedef enum {
  LIMBER_BENCH_EXACT,   /* all of it is right, and it is enough to tell her from others */
  LIMBER_BENCH_SLIPPED, /* the same, with one slip in a name, the birth date or the NHS number */
  LIMBER_BENCH_NAME,    /* a name alone, of somebody who is not expected: others may bear it */
} LimberBenchTyping;

char *limber_bench_typed (GRand *random, const LimberBenchPerson *person, LimberBenchTyping typing);

G_END_DECLS
