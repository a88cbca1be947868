#include "limber-computer-facts.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-disk.h"
#include "limber-json.h"
#include "limber-class-words.h"
#include "limber-status.h"
#include "limber-vitals.h"

#define COPIED "last_copy"

typedef struct {
  LimberComputerFacts *facts;
} Reading;

/* "23-Nov-2026 09:41" of ISO 8601 or of milliseconds; (transfer full) (nullable) */
static char *
moment (const char *iso, gint64 ms)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = NULL;

  if (iso != NULL && !limber_time_parse (iso, &ms))
    return NULL;
  if (ms <= 0)
    return NULL;
  limber_date_of_time (ms, day);
  date = limber_date_for_staff (day);
  time = limber_time_for_staff (ms);
  return g_strdup_printf ("%s %s", date, time);
}

static char *
unsent_words (const json_t *status, gboolean alone)
{
  long entries = (long) limber_json_integer (status, "entries", 0), pending = (long) limber_json_integer (status, "pending", 0), backed = (long) limber_json_integer (status, "backed_up", 0);

  if (entries == 0)
    return g_strdup (_("Nothing has been written here yet."));
  if (alone)
    return g_strdup_printf (ngettext ("%ld change, which is kept here and nowhere else.", "%ld changes, which are kept here and nowhere else.", (gulong) entries), entries);
  /* Translators: numbers of changes. */
  return g_strdup_printf (_("%ld changes are kept here; %ld are still to be handed over, %ld are in central’s backup already."), entries, pending, backed);
}

typedef struct {
  GString *text;
  guint    n;
} Forms;

static gboolean
note_form (const LimberRecord *record, gpointer data)
{
  Forms *forms = data;
  gint64 days = limber_record_integer (record, "due_days");
  g_autofree char *when = days > 0 ? g_strdup_printf (ngettext ("every %d day", "every %d days", (gulong) days), (int) days) : g_strdup (_("at every visit"));

  if (g_strcmp0 (limber_record_text (record, "status"), "active") != 0)
    return TRUE;
  /* Translators: the title of a form, its version, and how often it is asked. */
  g_string_append_printf (forms->text, _("%s%s, version %s, %s"), forms->n++ > 0 ? "\n" : "", limber_record_text (record, "title"), limber_record_text (record, "version"), when);
  return TRUE;
}

static gboolean
read_forms (LimberReader *reader, LimberComputerFacts *facts, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Forms forms = { text, 0 };

  if (!limber_reader_list (reader, "questionnaire", NULL, NULL, note_form, &forms, error))
    return FALSE;
  facts->forms = forms.n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
  return TRUE;
}

static gboolean
read_store (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;
  LimberComputerFacts *facts = reading->facts;
  g_autofree char *copied = limber_reader_meta (reader, COPIED), *upstream = limber_reader_meta (reader, "upstream");
  g_autoptr (json_t) status = limber_status_json (reader, error);
  g_autofree char *when = status != NULL ? moment (limber_json_string (status, "last_sync"), 0) : NULL, *copy = copied != NULL ? moment (NULL, g_ascii_strtoll (copied, NULL, 10)) : NULL;
  gboolean alone = upstream == NULL || *upstream == '\0';
  const char *name = status != NULL ? limber_json_string (status, "name") : NULL;

  if (status == NULL)
    return FALSE;
  facts->name = g_strdup (name != NULL ? name : _("It has no name"));
  facts->node = g_strdup (!alone ? upstream : _("None: nothing leaves this computer"));
  facts->synced = g_strdup (alone ? _("Nothing is fetched: it stands alone") : when != NULL ? when : _("Never yet"));
  facts->unsent = unsent_words (status, alone);
  facts->copied = g_strdup (copy != NULL ? copy : _("None was made here yet"));
  return read_forms (reader, facts, error);
}

static const char *
disk_words (LimberDisk disk)
{
  switch (disk) {
  case LIMBER_DISK_ENCRYPTED:
    return _("Encrypted. Whoever takes the disk out reads nothing.");
  case LIMBER_DISK_PLAIN:
    return _("Not encrypted: whoever takes the disk out can read what is on it. Ask whoever looks after computers to encrypt it.");
  default:
    return _("Limber cannot tell whether it is encrypted. Ask whoever looks after computers.");
  }
}

/**
 * limber_computer_facts_read:
 *
 * Reads how this computer is. Not for the main thread: disks are asked.
 *
 * Returns: (transfer full) (nullable): the facts
 */
LimberComputerFacts *
limber_computer_facts_read (LimberStore *store, GError **error)
{
  g_autoptr (LimberComputerFacts) facts = g_new0 (LimberComputerFacts, 1);
  LimberClass klass = limber_store_identity (store)->klass;
  gint64 size = 0, room = 0;
  LimberDisk disk = limber_disk_look (limber_store_dir (store));

  if (!limber_store_read (store, read_store, &(Reading){ facts }, error))
    return NULL;
  if (limber_vitals_disk (store, &size, &room)) {
    facts->size = g_format_size ((guint64) size);
    facts->room = g_format_size ((guint64) room);
    facts->is_tight = room < LIMBER_VITALS_ROOM;
  } else
    facts->size = g_strdup (_("Cannot be read")), facts->room = g_strdup (_("Cannot be read"));
  facts->what = g_strdup_printf ("%s. %s", limber_class_words (klass), limber_class_what (klass));
  facts->version = g_strdup (LIMBER_VERSION);
  facts->disk = g_strdup (disk_words (disk));
  facts->is_open = disk == LIMBER_DISK_PLAIN;
  return g_steal_pointer (&facts);
}

void
limber_computer_facts_free (LimberComputerFacts *facts)
{
  g_free (facts->name);
  g_free (facts->what);
  g_free (facts->version);
  g_free (facts->node);
  g_free (facts->size);
  g_free (facts->room);
  g_free (facts->synced);
  g_free (facts->unsent);
  g_free (facts->copied);
  g_free (facts->disk);
  g_free (facts->forms);
  g_free (facts);
}

static gboolean
write_copied (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, limber_transaction_now (transaction));

  return limber_transaction_set_meta (transaction, COPIED, now, error);
}

/**
 * limber_computer_note_copy:
 *
 * Notes that a copy was made here now. Blocks.
 */
gboolean
limber_computer_note_copy (LimberStore *store, GError **error)
{
  return limber_store_write (store, write_copied, NULL, error);
}
