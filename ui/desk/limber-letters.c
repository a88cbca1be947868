/* What is printed is read from the store at that moment, in a worker: not what some list on the screen happens to show. Who may
 * print it is asked there too, and that it was is written down. */
#include "limber-letters.h"

#include <glib/gi18n-lib.h>

#include "limber-letter-paper.h"
#include "limber-reads.h"
#include "limber-standing.h"

typedef struct {
  LimberDeskPage    *page;   /* (owned) */
  LimberStaffMember *member; /* (owned): who prints it */
  LimberId        patient;
  char           *site;   /* (owned) */
  LimberLetter   *letter; /* (owned) (nullable) */
  LimberCatalogue *catalogue; /* (owned) (nullable): in the patient's language */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->page);
  g_object_unref (writing->member);
  g_free (writing->site);
  g_clear_pointer (&writing->letter, limber_letter_free);
  g_clear_pointer (&writing->catalogue, limber_catalogue_free);
  g_free (writing);
}

/**
 * limber_letters_catalogue:
 * @language: (nullable): a patient's
 *
 * Returns: (transfer full) (nullable): what the public screens say in that language; %NULL where they do not speak it
 */
LimberCatalogue *
limber_letters_catalogue (const char *language)
{
  LimberCatalogue *catalogue = NULL;

#ifdef LIMBER_TEST_HOOKS /* what a program in its own build folder reads */
  catalogue = limber_catalogue_open (LIMBER_KIOSK_BUILT_LOCALES, language, "limber-kiosk");
#endif
  return catalogue != NULL ? catalogue : limber_catalogue_open (LIMBER_LOCALE_DIR, language, "limber-kiosk");
}

static gboolean
read_letter (LimberReader *reader, gpointer data, GError **error)
{
  Writing *writing = data;
  LimberAuthor author = limber_staff_member_author (writing->member);

  if (!limber_standing_check_person (reader, &author, LIMBER_ACTION_PRINT_LETTER, &writing->patient, error))
    return FALSE;
  writing->letter = limber_letter_read (reader, &writing->patient, error);
  if (writing->letter != NULL)
    writing->catalogue = limber_letters_catalogue (writing->letter->language);
  return writing->letter != NULL;
}

static void
printed (gboolean handed_over, const GError *error, gpointer data)
{
  if (error != NULL)
    limber_desk_page_say (data, LIMBER_UNDO_BAR_PROBLEM, error->message);
  else if (handed_over)
    limber_desk_page_say (data, LIMBER_UNDO_BAR_NEWS, _("Handed to the printer: the letter. If it is not wanted, take it away there; that it was printed stays written down."));
}

static void
letter_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *writing = limber_store_read_data (result);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (writing->page));
  LimberAuthor author = limber_staff_member_author (writing->member);
  g_autoptr (GError) error = NULL;
  LimberPrintable printable;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error)) {
    limber_desk_page_say (writing->page, LIMBER_UNDO_BAR_PROBLEM, error->message);
    return;
  }
  if (window == NULL) /* the screen is locked */
    return;
  limber_reads_note_later (LIMBER_STORE (source), &writing->patient, "print", &author);
  printable = limber_letter_paper_printable (limber_letter_paper_new (g_steal_pointer (&writing->letter), writing->site, writing->catalogue));
  limber_print_upright (GTK_WINDOW (window), &printable, _("Letter"), printed, g_object_ref (writing->page), g_object_unref);
}

/**
 * limber_letters_print:
 * @page: from which it is asked for, and which says how it went
 * @patient: to whom
 *
 * Prints the letter about all her appointments to come.
 */
void
limber_letters_print (LimberDeskPage *page, const LimberWork *work, const LimberId *patient)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->page = g_object_ref (page);
  writing->member = g_object_ref (work->member);
  writing->patient = *patient;
  writing->site = g_strdup (work->site);
  limber_store_read_async (work->store, read_letter, writing, (GDestroyNotify) writing_free, NULL, letter_read, NULL);
}
