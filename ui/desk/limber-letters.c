/* What is printed is read from the store at that moment, in a worker: not what some list on the screen happens to show. */
#include "limber-letters.h"

#include <glib/gi18n-lib.h>

#include "limber-letter-paper.h"

typedef struct {
  LimberDeskPage *page; /* (owned) */
  LimberId        patient;
  char           *site;   /* (owned) */
  LimberLetter   *letter; /* (owned) (nullable) */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->page);
  g_free (writing->site);
  g_clear_pointer (&writing->letter, limber_letter_free);
  g_free (writing);
}

static gboolean
read_letter (LimberReader *reader, gpointer data, GError **error)
{
  Writing *writing = data;

  writing->letter = limber_letter_read (reader, &writing->patient, error);
  return writing->letter != NULL;
}

static void
printed (gboolean handed_over, const GError *error, gpointer data)
{
  if (error != NULL)
    limber_desk_page_say (data, LIMBER_UNDO_BAR_PROBLEM, error->message);
  else if (handed_over)
    limber_desk_page_say (data, LIMBER_UNDO_BAR_NEWS, _("Handed to the printer: the letter"));
}

static void
letter_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *writing = limber_store_read_data (result);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (writing->page));
  g_autoptr (GError) error = NULL;
  LimberPrintable printable;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error)) {
    limber_desk_page_say (writing->page, LIMBER_UNDO_BAR_PROBLEM, error->message);
    return;
  }
  if (window == NULL) /* the screen is locked */
    return;
  printable = limber_letter_paper_printable (limber_letter_paper_new (g_steal_pointer (&writing->letter), writing->site));
  limber_print_upright (GTK_WINDOW (window), &printable, _("Letter"), printed, g_object_ref (writing->page), g_object_unref);
}

/**
 * limber_letters_print:
 * @page: from which it is asked for, and which says how it went
 * @site: who writes
 * @patient: to whom
 *
 * Prints the letter about all her appointments to come.
 */
void
limber_letters_print (LimberDeskPage *page, LimberStore *store, const char *site, const LimberId *patient)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->page = g_object_ref (page);
  writing->patient = *patient;
  writing->site = g_strdup (site);
  limber_store_read_async (store, read_letter, writing, (GDestroyNotify) writing_free, NULL, letter_read, NULL);
}
