/* LimberExpected: one appointment of a day at this store's site, as check-in sees it. The same facts come from a kiosk's
 * projected records and from whole ones, so that there is one set of rules for both. Private to app/care. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

typedef struct {
  LimberId    appointment;
  LimberId    patient;
  LimberId    site;
  gint64      start;    /* milliseconds UTC */
  const char *status;   /* the word of its progress */
  char       *born;     /* (owned) (nullable): YYYY-MM-DD */
  char       *letters;  /* (owned) (nullable): those that she may give as the first of her surname */

  gboolean    has_person; /* whether what follows was read */
  LimberId    person;   /* the same for records that were merged */
  char       *initials; /* (owned) */
  char       *masked_phone; /* (owned) (nullable) */
  char       *postcode_key; /* (owned) (nullable): limber_projection_postcode_key() of hers */
  gboolean    at_desk;  /* staff must see her before anything else */
} LimberExpected;

/* With whom and where. */
typedef struct {
  char *with;         /* (owned) (nullable) */
  char *place;        /* (owned) (nullable) */
  char *waiting_area; /* (owned) (nullable) */
} LimberExpectedPlace;

void       limber_expected_free        (LimberExpected *expected);
GPtrArray *limber_expected_of_day      (LimberReader *reader, gint64 at, GError **error);
gboolean   limber_expected_has_letter  (const LimberExpected *expected, gunichar letter);
gboolean   limber_expected_load_person (LimberExpected *expected, LimberReader *reader, GError **error);
void       limber_expected_place_clear (LimberExpectedPlace *place);
void       limber_expected_project     (LimberReader *reader, LimberRecord *record, const LimberId *site);
gboolean   limber_expected_load_place  (const LimberExpected *expected, LimberReader *reader, LimberExpectedPlace *place, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberExpectedPlace, limber_expected_place_clear)

G_END_DECLS
