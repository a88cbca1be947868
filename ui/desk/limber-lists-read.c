/* What several of the lists say: people, devices, and who did something where. */
#include "limber-lists-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-person.h"
#include "limber-screens.h"

/**
 * limber_lists_device_name:
 * @origin: of an entry
 *
 * Returns: (transfer full) (nullable): what the device that wrote it is called, of this site
 */
char *
limber_lists_device_name (LimberReader *reader, const LimberOrigin *origin)
{
  g_autofree char *own_text = limber_reader_meta (reader, "device");
  g_autoptr (GPtrArray) screens = NULL;
  LimberId id, own;

  memcpy (id.bytes, origin->bytes, sizeof id.bytes);
  if (limber_id_parse (&own, own_text) && limber_id_equal (&own, &id))
    return g_strdup (_("this computer"));
  screens = limber_screens_read (reader, NULL);
  for (guint i = 0; screens != NULL && i < screens->len; i++) {
    const LimberScreen *screen = g_ptr_array_index (screens, i);

    if (limber_id_equal (&screen->device, &id))
      /* Translators: the name of a device, in quotation marks. */
      return g_strdup_printf (_("“%s”"), screen->name);
  }
  return NULL;
}

/**
 * limber_lists_person_name:
 *
 * Returns: (transfer full) (nullable): SURNAME, Firstname (Title) of somebody who is on this computer
 */
char *
limber_lists_person_name (LimberReader *reader, const LimberId *patient)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "patient", patient, NULL);

  return record != NULL ? limber_person_name (limber_record_text (record, "family"), limber_record_text (record, "given"), limber_record_text (record, "title")) : NULL;
}

/**
 * limber_lists_signed:
 * @place: (nullable): where
 *
 * Returns: (transfer full): who, when and where
 */
char *
limber_lists_signed (const char *who, gint64 at, const char *place, gint64 now)
{
  g_autofree char *time = limber_time_for_staff_from (at, now);

  if (place == NULL)
    /* Translators: who did something, and a time, with its day if that is not today. */
    return g_strdup_printf (_("%1$s, %2$s"), who, time);
  /* Translators: who did something, a time, with its day if that is not today, and a place. */
  return g_strdup_printf (_("%1$s, %2$s, %3$s"), who, time, place);
}
