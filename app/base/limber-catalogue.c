/* Invariant: of every text in the tables it was made sure that it lies in the file and ends there with NUL. The file is read from
 * the machine's own folders; it may be damaged all the same. */
#include "limber-catalogue.h"

#include <string.h>

#define MAGIC 0x950412deu
#define MOST_TEXTS 10000u
#define CONTEXT_END "\004"

struct _LimberCatalogue {
  GBytes       *bytes; /* (owned) */
  const guint8 *data;
  gsize         length;
  gboolean      swapped;
  guint32       n, texts, said; /* how many, and where the two tables begin */
};

/* A number at @at, which lies in the file. */
static guint32
number_at (const LimberCatalogue *catalogue, gsize at)
{
  guint32 number;

  memcpy (&number, catalogue->data + at, sizeof number);
  return catalogue->swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

static gboolean
holds_table (const LimberCatalogue *catalogue, guint32 at)
{
  return at % 4 == 0 && at <= catalogue->length && catalogue->length - at >= (gsize) catalogue->n * 8;
}

static gboolean
holds_text (const LimberCatalogue *catalogue, gsize entry)
{
  gsize length = number_at (catalogue, entry), at = number_at (catalogue, entry + 4);

  return at < catalogue->length && length < catalogue->length - at && catalogue->data[at + length] == '\0';
}

static gboolean
is_sound (LimberCatalogue *catalogue)
{
  guint32 magic;

  if (catalogue->length < 28 || catalogue->length > LIMBER_CATALOGUE_MOST)
    return FALSE;
  memcpy (&magic, catalogue->data, sizeof magic);
  catalogue->swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (!catalogue->swapped && magic != MAGIC)
    return FALSE;
  catalogue->n = number_at (catalogue, 8);
  catalogue->texts = number_at (catalogue, 12);
  catalogue->said = number_at (catalogue, 16);
  if (number_at (catalogue, 4) >> 16 != 0 || catalogue->n > MOST_TEXTS || !holds_table (catalogue, catalogue->texts) || !holds_table (catalogue, catalogue->said))
    return FALSE;
  for (guint32 i = 0; i < catalogue->n; i++)
    if (!holds_text (catalogue, catalogue->texts + i * 8) || !holds_text (catalogue, catalogue->said + i * 8))
      return FALSE;
  return TRUE;
}

/**
 * limber_catalogue_new:
 * @bytes: of a .mo file, whichever machine it was made on
 *
 * Returns: (transfer full) (nullable): it; %NULL when it is none, or is damaged
 */
LimberCatalogue *
limber_catalogue_new (GBytes *bytes)
{
  LimberCatalogue *catalogue = g_new0 (LimberCatalogue, 1);

  catalogue->bytes = g_bytes_ref (bytes);
  catalogue->data = g_bytes_get_data (bytes, &catalogue->length);
  if (!is_sound (catalogue))
    g_clear_pointer (&catalogue, limber_catalogue_free);
  return catalogue;
}

/**
 * limber_catalogue_open:
 * @folder: where catalogues are: LANGUAGE/LC_MESSAGES/DOMAIN.mo
 * @language: (nullable): a language's code; what follows its first two or three letters is passed over
 *
 * Returns: (transfer full) (nullable): that language's; %NULL where there is none
 */
LimberCatalogue *
limber_catalogue_open (const char *folder, const char *language, const char *domain)
{
  g_autofree char *code = NULL, *file = g_strconcat (domain, ".mo", NULL), *path = NULL, *text = NULL;
  gsize length, letters = language != NULL ? strspn (language, "abcdefghijklmnopqrstuvwxyz") : 0;
  g_autoptr (GBytes) bytes = NULL;

  if (letters < 2 || letters > 3) /* nor is there a way out of the folder */
    return NULL;
  code = g_strndup (language, letters);
  path = g_build_filename (folder, code, "LC_MESSAGES", file, NULL);
  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return limber_catalogue_new (bytes);
}

void
limber_catalogue_free (LimberCatalogue *catalogue)
{
  g_bytes_unref (catalogue->bytes);
  g_free (catalogue);
}

/* The places that a text has for something: "%1$d". */
static GPtrArray *
places_of (const char *text)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at, '%')) {
    gsize length = 1 + strcspn (at + 1, "diouxXeEfFgGaAcspnm%");

    length += at[length] != '\0';
    if (length != 2 || at[1] != '%')
      g_ptr_array_add (places, g_strndup (at, length));
    at += length;
  }
  return places;
}

/* Whether each of @places is among @others; of those that say which one they are, the order is the language's own. */
static gboolean
are_among (const GPtrArray *places, const GPtrArray *others)
{
  for (guint i = 0; i < places->len; i++) {
    const char *place = g_ptr_array_index (places, i);

    if (strchr (place, '$') != NULL ? !g_ptr_array_find_with_equal_func ((GPtrArray *) others, place, g_str_equal, NULL) : places->len != others->len || !g_str_equal (place, g_ptr_array_index (others, i)))
      return FALSE;
  }
  return TRUE;
}

/* What is said in a text's stead has the same places for something, or it is not used: what is put there would be read as something else. */
static gboolean
has_places_of (const char *said, const char *text)
{
  g_autoptr (GPtrArray) places = places_of (said), others = places_of (text);

  return are_among (places, others) && are_among (others, places);
}

/**
 * limber_catalogue_find:
 * @context: (nullable): as C_() has it
 * @text: in English
 *
 * Returns: (transfer none) (nullable): the same in the catalogue's language; %NULL where it says nothing
 */
const char *
limber_catalogue_find (const LimberCatalogue *catalogue, const char *context, const char *text)
{
  g_autofree char *key = context != NULL ? g_strconcat (context, CONTEXT_END, text, NULL) : g_strdup (text);

  for (guint32 i = 0; i < catalogue->n; i++) {
    const char *said;

    if (strcmp ((const char *) catalogue->data + number_at (catalogue, catalogue->texts + i * 8 + 4), key) != 0)
      continue;
    said = (const char *) catalogue->data + number_at (catalogue, catalogue->said + i * 8 + 4);
    return *said != '\0' && g_utf8_validate (said, -1, NULL) && has_places_of (said, text) ? said : NULL;
  }
  return NULL;
}
