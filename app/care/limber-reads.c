#include "limber-reads.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"
#include "limber-standing.h"

#define PERIOD_MS (LIMBER_READS_MINUTES * G_GINT64_CONSTANT (60) * 1000)

/* Two screens at which one person is logged in are two reads: the device is part of it, so that nothing is disputed. */
static void
make_id (LimberId *id, const LimberId *patient, const LimberId *device, const char *staff, const char *what, gint64 now)
{
  g_autofree char *period = g_strdup_printf ("%" G_GINT64_FORMAT, now / PERIOD_MS), *of = limber_id_dup_text (patient);

  limber_id_init_beside (id, device, "reading", of, staff, what, period, NULL);
}

/* What the glass was broken for, in whose time she reads. */
static char *
why_of (LimberReader *reader, const LimberId *staff, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "glass-of-staff", error, "di", staff, now);

  return rows != NULL ? g_strdup (rows->len > 0 ? limber_row_text (g_ptr_array_index (rows, 0), "reason") : "") : NULL;
}

/**
 * limber_reads_note:
 * @what: page or print
 * @author: who read
 *
 * Writes a read down, unless the same was written here a little before. What a program reads for nobody is none. allow deed: it is
 * written down whether she might or not.
 */
gboolean
limber_reads_note (LimberTransaction *transaction, const LimberId *patient, const char *what, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gint64 now = limber_transaction_now (transaction);
  g_autofree char *own = limber_reader_meta (reader, "device"), *why = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id, staff, device;

  if (!limber_id_parse (&staff, author->author) || !limber_id_parse (&device, own))
    return TRUE;
  make_id (&id, patient, &device, author->author, what, now);
  if (limber_reader_count (reader, "count-entries", "d", &id) > 0)
    return TRUE;
  why = why_of (reader, &staff, now, error);
  if (why == NULL)
    return FALSE;
  edit = limber_edit_new ("reading", &id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_id (edit, "staff", &staff);
  limber_edit_set_id (edit, "device", &device);
  limber_edit_set_integer (edit, "at", now);
  limber_edit_set_text (edit, "what", what);
  if (*why != '\0')
    limber_edit_set_text (edit, "why", why);
  return limber_transaction_edit (transaction, edit, author, error);
}

typedef struct {
  LimberId    patient;
  const char *what;   /* (unowned): a literal */
  char       *author; /* (owned) */
  char       *role;   /* (owned) */
} Later;

static void
later_free (Later *later)
{
  g_free (later->author);
  g_free (later->role);
  g_free (later);
}

static gboolean
note_later (LimberTransaction *transaction, gpointer data, GError **error)
{
  Later *later = data;

  return limber_reads_note (transaction, &later->patient, later->what, &(LimberAuthor){ later->author, later->role }, error);
}

/* The page is open by then. A disk that fails, the store itself tells of. */
static void
noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error))
    g_info ("A read could not be written down: %s", limber_error_for_log (error));
}

/**
 * limber_reads_note_later:
 * @what: (unowned): page or print, a literal
 *
 * As limber_reads_note(), for a screen, which never waits for it. allow deed: as there.
 */
void
limber_reads_note_later (LimberStore *store, const LimberId *patient, const char *what, const LimberAuthor *author)
{
  Later *later = g_new0 (Later, 1);

  later->patient = *patient;
  later->what = what;
  later->author = g_strdup (author->author);
  later->role = g_strdup (author->role);
  limber_store_write_async (store, note_later, later, (GDestroyNotify) later_free, NULL, noted, NULL);
}

/**
 * limber_reads_list:
 * @error: LIMBER_ERROR_REFUSED where it is not known
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): who has read the record of @patient, or of whoever is the same person, the
 *   last first, as the query "reads-of-person" has it; at central only
 */
GPtrArray *
limber_reads_list (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autofree char *text = limber_id_dup_text (patient);

  if (limber_reader_class (reader) == LIMBER_CLASS_CENTRAL)
    return limber_reader_query (reader, "reads-of-person", error, "dt", patient, text);
  limber_error_refuse (error, _("Who has read somebody’s record only central knows, from all sites. Ask there."));
  return NULL;
}
