/** A text that is saved as a file of its own; whether it was is told, so that one goes on only then. */
export function SaveFile(props: {
  name: string;
  text: string;
  label: string;
  testId: string;
  saved?: () => void;
}) {
  const address = `data:application/pgp-keys;charset=utf-8,${encodeURIComponent(props.text)}`;
  return (
    <a
      class="button"
      href={address}
      download={props.name}
      data-testid={props.testId}
      onClick={() => props.saved?.()}
    >
      {props.label}
    </a>
  );
}
