/* Who is in the building, by all that is known at this moment: for a fire, and for whoever asks. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_BUILDING_LEAVES_MINUTES 15 /* for so long after she was seen, somebody may still be in the building */

/**
 * LimberBuildingStanding:
 * @LIMBER_BUILDING_WAITING: checked in, and waiting
 * @LIMBER_BUILDING_CALLED: called, and on the way
 * @LIMBER_BUILDING_IN: with the clinician
 * @LIMBER_BUILDING_NOT_CHECKED_IN: she came, but was not checked in
 * @LIMBER_BUILDING_ONE_OF: somebody came who may be she, or another of those with the same birthday
 * @LIMBER_BUILDING_SEEN: seen a short while ago: she may have gone
 */
typedef enum {
  LIMBER_BUILDING_WAITING,
  LIMBER_BUILDING_CALLED,
  LIMBER_BUILDING_IN,
  LIMBER_BUILDING_NOT_CHECKED_IN,
  LIMBER_BUILDING_ONE_OF,
  LIMBER_BUILDING_SEEN,
} LimberBuildingStanding;

/* One person, however many appointments or merged records she has. Texts are owned. */
typedef struct {
  LimberId               person;
  LimberBuildingStanding standing;
  char                  *name;  /* "SMITH, Jane (Mrs)" */
  char                  *needs; /* (nullable): in words, those that matter when one has to leave */
  char                  *place; /* (nullable): where she should be */
  char                  *with;  /* (nullable): with whom */
  gint64                 since; /* milliseconds UTC; 0 unknown */
} LimberBuildingPerson;

/* What the list is made of: rows of the queries "today" and "tasks-open", of one site. */
typedef struct {
  GPtrArray *visits;
  GPtrArray *tasks;
} LimberBuildingFacts;

void        limber_building_person_free    (LimberBuildingPerson *person);
gboolean    limber_building_person_equal   (const LimberBuildingPerson *a, const LimberBuildingPerson *b);
GPtrArray  *limber_building_find           (const LimberBuildingFacts *facts, gint64 now);
GPtrArray  *limber_building_read           (LimberReader *reader, const LimberId *site, gint64 now, GError **error);
guint       limber_building_count          (GPtrArray *people);
char       *limber_building_dup_count_text (GPtrArray *people);
const char *limber_building_standing_name  (LimberBuildingStanding standing);
char       *limber_building_dup_standing   (const LimberBuildingPerson *person);
json_t     *limber_building_person_to_json (const LimberBuildingPerson *person);

G_END_DECLS
