#include "limber-projection.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-text.h"

static void
set (LimberRecord *record, const char *field, char *text)
{
  LimberValue *value = &record->values[limber_kind_field (record->kind, field)];

  if (text != NULL && *text != '\0')
    limber_value_take_text (value, text);
  else {
    limber_value_set_none (value);
    g_free (text);
  }
}

/**
 * limber_projection_postcode_key:
 * @site: the site, whose screens alone can compare it
 * @postcode: as it was typed
 *
 * Returns: (transfer full) (nullable): what a public screen compares a typed postcode with
 */
char *
limber_projection_postcode_key (const LimberId *site, const char *postcode)
{
  g_autofree char *plain = limber_text_postcode (postcode);
  guint8 hash[crypto_generichash_BYTES_MIN];

  if (plain == NULL || *plain == '\0')
    return NULL;
  crypto_generichash (hash, sizeof hash, (const guint8 *) plain, strlen (plain), site->bytes, sizeof site->bytes);
  return limber_base64_dup (hash, sizeof hash);
}

static void
project_patient (LimberRecord *record, const LimberId *site)
{
  const char *family = limber_record_text (record, "family"), *given = limber_record_text (record, "given"), *postcode = limber_record_text (record, "postcode");
  const char *phone = limber_record_text (record, "mobile");
  gboolean restricted = limber_record_integer (record, "restricted") != 0;

  if (phone == NULL)
    phone = limber_record_text (record, "phone");
  set (record, "initials", limber_text_initials (given != NULL ? given : "", family != NULL ? family : ""));
  set (record, "letters", family != NULL ? limber_text_surname_letters (family) : NULL);
  set (record, "postcode_key", postcode != NULL ? limber_projection_postcode_key (site, postcode) : NULL);
  set (record, "masked_phone", phone != NULL && !restricted ? limber_text_mask_phone (phone) : NULL);
  if (limber_record_text (record, "died") != NULL || limber_record_integer (record, "see_desk") != 0)
    limber_value_set_integer (&record->values[limber_kind_field (record->kind, "at_desk")], 1);
}

static void
project_appointment (LimberReader *reader, LimberRecord *record)
{
  const LimberId *place_id = limber_record_id (record, "place"), *clinician_id = limber_record_id (record, "clinician");
  g_autoptr (LimberRecord) place = place_id != NULL ? limber_reader_get (reader, "place", place_id, NULL) : NULL;
  g_autoptr (LimberRecord) clinician = clinician_id != NULL ? limber_reader_get (reader, "staff", clinician_id, NULL) : NULL;

  set (record, "place_name", place != NULL ? g_strdup (limber_record_text (place, "name")) : NULL);
  set (record, "waiting_area", place != NULL ? g_strdup (limber_record_text (place, "waiting_area")) : NULL);
  set (record, "with_name", clinician != NULL ? g_strdup (limber_record_text (clinician, "given")) : NULL);
}

/**
 * limber_projection_make:
 * @record: a record as a node holds it; gets the fields that only a projection has
 * @site: the screen's
 *
 * The other fields stay; whoever writes the record out leaves out what the screen may not hold.
 */
void
limber_projection_make (LimberReader *reader, LimberRecord *record, const LimberId *site)
{
  if (g_str_equal (record->kind->name, "patient"))
    project_patient (record, site);
  else if (g_str_equal (record->kind->name, "appointment"))
    project_appointment (reader, record);
}
