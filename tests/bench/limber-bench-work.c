#include "limber-bench-work.h"

#include "limber-json.h"
#include "limber-session.h"
#include "limber-test.h"

#define BATCH 500
#define VISITS 8 /* a patient */

#define MANAGER "S0011" /* of the demonstration's lists, whom central knows */
static const char *const words[] = { "booked", "arrived", "called", "with-clinician", "seen" };

/* What the work's entry number n does: of which patient, of which visit of hers, and which step of that. */
typedef struct {
  LimberId patient;
  LimberId visit;
  guint    person;
  gboolean registers; /* her; else a step of the visit */
  guint    step;
  gint64   start;
} Deed;

typedef struct {
  const LimberBenchWork *work;
  const char            *author;
  guint                  from, to;
} Batch;

static void
id_of (const char *kind, guint desk, guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("%s-%u-%u", kind, desk, n);

  test_id (id, name);
}

static void
find_deed (const LimberBenchWork *work, guint n, Deed *deed)
{
  guint a_visit = 1 + work->steps, a_patient = 1 + VISITS * a_visit, rest = n % a_patient, visit = rest > 0 ? (rest - 1) / a_visit : 0;

  deed->person = n / a_patient;
  deed->registers = rest == 0;
  deed->step = rest > 0 ? (rest - 1) % a_visit : 0;
  deed->start = TEST_NOW + (gint64) (deed->person * VISITS + visit) * 60000;
  id_of ("patient", work->desk, deed->person, &deed->patient);
  id_of ("visit", work->desk, deed->person * VISITS + visit, &deed->visit);
}

static char *
family_of (const LimberBenchWork *work, const Deed *deed)
{
  return g_strdup_printf ("Forrest%u", work->desk * 1000 + deed->person);
}

static void
fill_patient (LimberEdit *edit, const LimberBenchWork *work, const Deed *deed)
{
  g_autofree char *family = family_of (work, deed), *address = g_strdup_printf ("%u Wealdstone High Road, Harrow", deed->person);

  limber_edit_set_text (edit, "family", family);
  limber_edit_set_text (edit, "given", "Catherine");
  limber_edit_set_text (edit, "born", "1954-08-06");
  limber_edit_set_text (edit, "address", address);
  limber_edit_set_text (edit, "postcode", "HA1 1AA");
  limber_edit_set_text (edit, "mobile", "07700900123");
  limber_edit_set_id (edit, "site", &work->site);
}

static void
fill_visit (LimberEdit *edit, const LimberBenchWork *work, const Deed *deed)
{
  limber_edit_set_word (edit, "status", words[deed->step]);
  if (deed->step > 0)
    return;
  limber_edit_set_id (edit, "patient", &deed->patient);
  limber_edit_set_id (edit, "site", &work->site);
  limber_edit_set_integer (edit, "start", deed->start);
  limber_edit_set_integer (edit, "minutes", 30);
  limber_edit_set_word (edit, "type", "follow-up");
}

static gboolean
write_batch (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autoptr (LimberEdit) edit = NULL;
    Deed deed;

    find_deed (batch->work, n, &deed);
    edit = deed.registers ? limber_edit_new ("patient", &deed.patient) : limber_edit_new ("appointment", &deed.visit);
    if (deed.registers)
      fill_patient (edit, batch->work, &deed);
    else
      fill_visit (edit, batch->work, &deed);
    if (!limber_transaction_edit (transaction, edit, &(LimberAuthor){ batch->author, "service-manager" }, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_bench_work_write:
 * @store: the desk's
 *
 * Does the work.
 */
void
limber_bench_work_write (LimberStore *store, const LimberBenchWork *work)
{
  g_autofree char *author = NULL;
  LimberId manager;

  limber_id_init_from_key (&manager, &limber_store_identity (store)->organisation, "import", "staff", MANAGER, NULL);
  author = limber_id_dup_text (&manager);
  for (guint n = 0; n < work->entries; n += BATCH) {
    Batch batch = { work, author, n, MIN (work->entries, n + BATCH) };
    g_autoptr (GError) error = NULL;

    if (!limber_store_write (store, write_batch, &batch, &error))
      g_error ("%s", error->message);
  }
}

static gboolean
has_patient (LimberReader *reader, const LimberBenchWork *work, const Deed *deed)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "patient", &deed->patient, NULL);
  g_autofree char *family = family_of (work, deed);
  const LimberId *site = record != NULL ? limber_record_id (record, "site") : NULL;

  return site != NULL && limber_id_equal (site, &work->site) && g_strcmp0 (limber_record_text (record, "family"), family) == 0 &&
         g_strcmp0 (limber_record_text (record, "mobile"), "07700900123") == 0;
}

static gboolean
has_visit (LimberReader *reader, const Deed *deed, guint step)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", &deed->visit, NULL);
  const LimberId *patient = record != NULL ? limber_record_id (record, "patient") : NULL;

  return patient != NULL && limber_id_equal (patient, &deed->patient) && limber_record_integer (record, "start") == deed->start &&
         g_strcmp0 (limber_record_word (record, "status"), words[step]) == 0;
}

/**
 * limber_bench_work_lacks:
 * @reader: of a store that should hold what the work came to
 *
 * Returns: how many of its records are not there as they should be
 */
guint
limber_bench_work_lacks (LimberReader *reader, const LimberBenchWork *work)
{
  guint lacks = 0;

  for (guint n = 0; n < work->entries; n++) {
    gboolean last = n + 1 == work->entries;
    Deed deed;

    find_deed (work, n, &deed);
    if (deed.registers)
      lacks += !has_patient (reader, work, &deed);
    else if (deed.step == work->steps || last)
      lacks += !has_visit (reader, &deed, deed.step);
  }
  return lacks;
}

/**
 * limber_bench_work_tell:
 * @reader: of the store in which it was done
 * @work: without steps, so that each entry made a record
 * @out: gets each record as a JSON object on a line, its id as `_id`
 *
 * Tells others what the work came to.
 */
void
limber_bench_work_tell (LimberReader *reader, const LimberBenchWork *work, GString *out)
{
  for (guint n = 0; n < work->entries; n++) {
    g_autoptr (LimberRecord) record = NULL;
    g_autoptr (json_t) json = NULL;
    g_autofree char *text = NULL;
    Deed deed;

    find_deed (work, n, &deed);
    record = deed.registers ? limber_reader_get (reader, "patient", &deed.patient, NULL) : limber_reader_get (reader, "appointment", &deed.visit, NULL);
    json = limber_record_to_json (record, LIMBER_CLASS_DESK);
    json_object_set (json, "_id", json_object_get (json, "id"));
    text = limber_json_dup (json);
    g_string_append (out, text);
    g_string_append_c (out, '\n');
  }
}

typedef struct {
  LimberReader *there;
  guint         missed;
} Comparison;

static gboolean
compare_entries (LimberReader *own, gpointer data, GError **error)
{
  Comparison *comparison = data;
  g_autoptr (GArray) pieces = limber_session_pieces (own, error);

  for (guint i = 0; pieces != NULL && i < pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pieces, LimberPiece, i);

    for (gint64 seq = piece->first; seq <= piece->tip; seq++) {
      LimberPoint point;

      if (!limber_session_point (own, piece->n, seq, &point, error))
        return FALSE;
      comparison->missed += !limber_session_knows (comparison->there, &point);
    }
  }
  return pieces != NULL;
}

/**
 * limber_bench_work_missed:
 * @reader: of the store that should have all entries
 * @writer: the store in which they were written
 *
 * Returns: how many entries of @writer's, by origin, number and hash, the other store does not have
 */
guint
limber_bench_work_missed (LimberReader *reader, LimberStore *writer)
{
  Comparison comparison = { reader, 0 };
  g_autoptr (GError) error = NULL;

  if (!limber_store_read (writer, compare_entries, &comparison, &error))
    g_error ("%s", error->message);
  return comparison.missed;
}
